package dev.apprentice.contracts.run;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.settings.Setting;

/**
 * How examples are shared out.
 *
 * @param policy by the order of the file, or by a stable hash of what is asked
 * @param train share that trains, 0 to 1
 * @param test share that is held out for the exam, 0 to 1; validation is what the other two leave
 */
public record Split(
        @Setting(value = "What decides where an example belongs; an instruction given twice is in one split, but for position, the"
                        + " textbook's split to the letter", option = "--split", label = "POLICY", of = Source.DATASET)
                Policy policy,
        @Setting(value = "The share that trains", above = 0, max = 1) double train,
        @Setting(value = "The share that is asked about", min = 0, below = 1) double test) {

    /** What decides where an example belongs. */
    public enum Policy {
        /**
         * The first share trains, the next is the test, the rest validates. An instruction that is given again goes where it
         * was first, so that no test question is trained on; the shares keep their sizes, but for one question at least in each.
         */
        ORDERED,
        /** By place in the file alone, the textbook's split to the letter: what is given twice may be trained on and asked. */
        POSITION,
        /** A stable hash of what is asked decides, so an example stays where it is while data streams in. */
        HASH
    }

    /** 85 % train, 10 % test, 5 % validation, in the order of the file. */
    public static final Split TEXTBOOK = new Split(Policy.ORDERED, 0.85, 0.10);

    /** The textbook's shares by hash: a stream's split. */
    public static final Split STREAM = new Split(Policy.HASH, 0.85, 0.10);

    public Split {
        policy = policy == null ? Policy.ORDERED : policy;
        if (!(train > 0 && train <= 1) || !(test >= 0 && test < 1) || train + test > 1 + 1e-9) {
            throw new InvalidEventException("fields 'split.train' and 'split.test' are " + train + " and " + test
                    + "; both are shares of 1 and together at most 1");
        }
    }

    /** The share that measures the loss during training. */
    public double validation() {
        return Math.max(0, 1 - train - test);
    }
}
