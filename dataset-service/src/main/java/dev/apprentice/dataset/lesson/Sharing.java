package dev.apprentice.dataset.lesson;

import dev.apprentice.contracts.Split;
import dev.apprentice.dataset.example.Example;

/** Decides what each example of a dataset is for. */
@FunctionalInterface
public interface Sharing {

    /** @param index the example's place in the dataset, from 0 */
    Share of(int index, Example example);

    /** How a split of so many examples goes. */
    static Sharing of(Split split, int examples) {
        return switch (split.policy()) {
            case ORDERED -> ordered(split, examples);
            case HASH -> hashed(split);
        };
    }

    /**
     * The textbook's: the first 85 % (rounded down) train, the next 10 % (rounded down) are the test, the rest
     * validates.
     */
    private static Sharing ordered(Split split, int examples) {
        int train = (int) (examples * split.train());
        int test = (int) (examples * split.test());
        return (index, example) -> index < train ? Share.TRAIN : index < train + test ? Share.TEST : Share.VALIDATION;
    }

    /**
     * By a hash of what is asked: an example stays where it is while others come and go or its answer is corrected, and
     * no question is both learned and examined.
     */
    private static Sharing hashed(Split split) {
        return (index, example) -> {
            double place = example.question().place();
            return place < split.train()
                    ? Share.TRAIN
                    : place < split.train() + split.test() ? Share.TEST : Share.VALIDATION;
        };
    }
}
