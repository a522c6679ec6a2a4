package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.run.Split.Policy;
import dev.apprentice.dataset.table.LongMap;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is known of each question that a run's examples ask, in one table: how often it is asked, which share it is settled in, and
 * whether it is both learned and a test.
 *
 * <p>Examples of files that are held out come first; the others are shared out.
 */
final class AskedQuestions {

    /** How many of the examples that are shared out ask it, until its share is settled; then how many examples are a test of it. */
    private static final long COUNT = 0x7fff_ffffL;

    /** Two bits: 0 until its share is settled, then 1 + the share's ordinal. */
    private static final int SHARE = 32;

    private static final Share[] SHARES = Share.values();

    private static final long AGAIN = 1L << 40;
    private static final long TRAINED = 1L << 41;
    /** Always set, since no number may be 0. */
    private static final long ASKED = 1L << 42;

    private final QuestionHashes questions;
    private final int heldOut;
    private final LongMap known;

    /**
     * @param questions of all examples
     * @param heldOut how many of the examples are of files that are held out
     * @param split of the others; an ordered one has the share of each question settled here, once and for all
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

    /** In the order in which questions are asked first. */
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

    /** How many examples are shared out. */
    int sharedOut() {
        return questions.size() - heldOut;
    }

    /** The share of what an example asks, where the split is ordered. @param place of the example among those that are shared out, from 0 */
    Share settled(int place) {
        return SHARES[share(known.get(questions.at(heldOut + place))) - 1];
    }

    /** An example of any file is learned or is a test. @param index the example's place among all, from 0 */
    void used(int index, Share share) throws IOException {
        long question = questions.at(index);
        long before = known.get(question);
        if (share != Share.VALIDATION && (before & AGAIN) != 0) {
            known.put(question, share == Share.TRAIN ? before | TRAINED : before + 1);
        }
    }

    /** How many examples ask what an earlier one asks. */
    int again() {
        return questions.size() - known.size();
    }

    /** How many test examples ask what is learned, too. */
    int trainedTest() {
        LongAdder tests = new LongAdder();
        known.forEachNumber(each -> tests.add((each & TRAINED) != 0 ? each & COUNT : 0));
        return tests.intValue();
    }
}
