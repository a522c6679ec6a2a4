package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.run.Split;
import dev.apprentice.dataset.datasets.example.Example;

/** Decides what each example of a dataset is for. */
@FunctionalInterface
public interface Sharing {

    /** @param index the example's place in the dataset, from 0 */
    Share of(int index, Example example);

    /** How a split goes. @param asked by the examples, of which it shares some out */
    static Sharing of(Split split, AskedQuestions asked) {
        return switch (split.policy()) {
            case ORDERED -> ordered(asked);
            case POSITION -> byPosition(split, asked.sharedOut());
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
     * The textbook's split by position where every question is asked once. One that is asked again is where it was first and
     * counts there, so that the next split begins as many places earlier: the shares keep their sizes, and no question is on two
     * sides. Where there are few questions, each share has one at least.
     *
     * <pre>
     * questions, 6 train, 2 test   a b c d e f g h a i     a b c a b c a b c a
     * shares                       L L L L L T T V L V     L T V L T V L T V L
     * </pre>
     */
    private static Sharing ordered(AskedQuestions asked) {
        return (index, example) -> asked.settled(index);
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
