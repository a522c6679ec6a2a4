package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.run.Split;
import dev.apprentice.dataset.datasets.example.Example;

/** Decides which share each example of a dataset belongs to. */
@FunctionalInterface
public interface Sharing {

    /** @param index the example's place in the dataset, from 0 */
    Share of(int index, Example example);

    /** Returns the sharing for a split. @param asked the examples' questions */
    static Sharing of(Split split, AskedQuestions asked) {
        return switch (split.policy()) {
            case ORDERED -> ordered(asked);
            case POSITION -> byPosition(split, asked.sharedOut());
            case HASH -> hashed(split);
        };
    }

    /**
     * Splits by position, as the textbook does: the first 85 % (rounded down) train, the next 10 % (rounded down) test, the rest
     * validates.
     */
    private static Sharing byPosition(Split split, int examples) {
        int train = (int) (examples * split.train());
        int test = (int) (examples * split.test());
        return (index, example) -> index < train ? Share.TRAIN : index < train + test ? Share.TEST : Share.VALIDATION;
    }

    /**
     * Splits by position as long as every question is asked once. A repeated question belongs to the share of its first
     * occurrence. All its examples count there, so the next share begins that many places earlier. The shares keep their sizes,
     * and no question is both learned and tested. With few questions, each share gets at least one.
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
     * Splits by a hash of the question, so no question is both learned and tested. An example stays in its share while others
     * come and go or its answer is corrected.
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
