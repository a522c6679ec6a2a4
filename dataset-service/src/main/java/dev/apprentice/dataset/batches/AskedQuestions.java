package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Split.Policy;
import dev.apprentice.dataset.table.LongMap;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/**
 * A table of the questions that a run's examples ask: how often each is asked, its share once settled, and whether it is both
 * learned and a test.
 *
 * <p>Examples from held-out files come first; the split shares out the others.
 */
final class AskedQuestions {

    /**
     * Mask of a count. Until the question's share is settled, it counts the shared-out examples that ask it; then, those that
     * test it.
     */
    private static final long COUNT = 0x7fff_ffffL;

    /** Position of two bits: 0 until the question's share is settled, then 1 + the share's ordinal. */
    private static final int SHARE = 32;

    private static final Share[] SHARES = Share.values();

    private static final long AGAIN = 1L << 40;
    private static final long TRAINED = 1L << 41;
    /** Always set, since the table's values must not be 0. */
    private static final long ASKED = 1L << 42;

    private final QuestionHashes questions;
    private final int heldOut;
    private final LongMap known;

    /**
     * @param questions of all examples
     * @param heldOut how many of the examples come from held-out files
     * @param split of the other examples; if it is ordered, the constructor settles each question's share
     */
    AskedQuestions(QuestionHashes questions, int heldOut, Split split, Scratch scratch) throws IOException {
        this.questions = questions;
        this.heldOut = heldOut;
        this.known = scratch.map();
        boolean isOrdered = split.policy() == Policy.ORDERED;
        int different = 0;
        for (int i = 0; i < questions.size(); i++) {
            long before = known.get(questions.at(i));
            long one = isOrdered && i >= heldOut ? 1 : 0;
            different += one > 0 && (before & COUNT) == 0 ? 1 : 0;
            known.put(questions.at(i), (before == 0 ? ASKED : before | AGAIN) + one);
        }
        if (isOrdered) {
            settle(new OrderedShares(split, sharedOut(), different));
        }
    }

    /** Settles the shares in the order in which the questions are first asked. */
    private void settle(OrderedShares next) throws IOException {
        for (int i = heldOut; i < questions.size(); i++) {
            long question = questions.at(i);
            long before = known.get(question);
            if (share(before) == 0) {
                long share = 1 + next.of((int) (before & COUNT)).ordinal();
                known.put(question, before & ~COUNT | share << SHARE);
            }
        }
    }

    private static int share(long known) {
        return (int) (known >> SHARE) & 3;
    }

    /** Returns the number of examples that the split shares out. */
    int sharedOut() {
        return questions.size() - heldOut;
    }

    /**
     * Returns the share of an example's question, for an ordered split.
     *
     * @param place of the example among the shared-out ones, from 0
     */
    Share settled(int place) {
        return SHARES[share(known.get(questions.at(heldOut + place))) - 1];
    }

    /** Records that an example is used in a share. @param index the example's place among all, from 0 */
    void used(int index, Share share) throws IOException {
        long question = questions.at(index);
        long before = known.get(question);
        if (share != Share.VALIDATION && (before & AGAIN) != 0) {
            known.put(question, share == Share.TRAIN ? before | TRAINED : before + 1);
        }
    }

    /** Returns how many examples repeat an earlier example's question. */
    int again() {
        return questions.size() - known.size();
    }

    /** Returns how many test examples ask a question that is also learned. */
    int trainedTest() {
        LongAdder tests = new LongAdder();
        known.forEachNumber(each -> tests.add((each & TRAINED) != 0 ? each & COUNT : 0));
        return tests.intValue();
    }
}
