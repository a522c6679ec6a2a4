package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.run.Split;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.table.LongMap;
import java.io.IOException;

/** Decides what each example of a dataset is for. */
@FunctionalInterface
public interface Sharing {

    /** @param index the example's place in the dataset, from 0 */
    Share of(int index, Example example);

    /** How the split of a dataset goes. */
    static Sharing of(Split split, QuestionHashes questions) throws IOException {
        return switch (split.policy()) {
            case ORDERED -> ordered(split, questions);
            case POSITION -> byPosition(split, questions.size());
            case HASH -> hashed(split);
        };
    }

    /**
     * The textbook's: the first 85 % (rounded down) train, the next 10 % (rounded down) are the test, the rest
     * validates.
     */
    private static Sharing byPosition(Split split, int examples) {
        int train = (int) (examples * split.train());
        int test = (int) (examples * split.test());
        return (index, example) -> index < train ? Share.TRAIN : index < train + test ? Share.TEST : Share.VALIDATION;
    }

    /**
     * The same where every question is asked once. One that is asked again is where it was first and counts there, so that
     * the next split begins as many places earlier: the shares keep their sizes, and no question is on two sides. Where there
     * are few questions, each share has one at least.
     *
     * <pre>
     * questions, 6 train, 2 test   a b c d e f g h a i     a b c a b c a b c a
     * shares                       L L L L L T T V L V     L T V L T V L T V L
     * </pre>
     */
    private static Sharing ordered(Split split, QuestionHashes questions) throws IOException {
        LongMap settled = questions.times(); // positive until its share is settled, then -1 - share
        Share[] all = Share.values();
        OrderedShares next = new OrderedShares(split, questions.size(), settled.size());
        for (int i = 0; i < questions.size(); i++) {
            long times = settled.get(questions.at(i));
            if (times > 0) {
                settled.put(questions.at(i), -1 - next.of((int) times).ordinal());
            }
        }
        return (index, example) -> all[(int) (-1 - settled.get(questions.at(index)))];
    }

    /**
     * By a hash of what is asked: an example stays where it is while others come and go or its answer is corrected, and
     * no question is both learned and examined.
     */
    static Sharing hashed(Split split) {
        return (index, example) -> {
            double place = example.question().place();
            return place < split.train()
                    ? Share.TRAIN
                    : place < split.train() + split.test() ? Share.TEST : Share.VALIDATION;
        };
    }
}
