package dev.apprentice.contracts.run;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.settings.Setting;

/**
 * How examples are split into training, test and validation.
 *
 * @param policy by the order of the file, or by a stable hash of instruction and input
 * @param train share for training, 0 to 1
 * @param test share that is held out for the exam, 0 to 1; the rest is for validation
 */
public record Split(
        @Setting(value = "What decides where an example belongs; an instruction given twice is in one split, but for position, the"
                        + " textbook's split to the letter", option = "--split", label = "POLICY", of = Source.DATASET)
                Policy policy,
        @Setting(value = "The share of the training examples", above = 0, max = 1) double train,
        @Setting(value = "The share of the test examples", min = 0, below = 1) double test) {

    /** What decides which part an example belongs to. */
    public enum Policy {
        /**
         * The first share of the file is for training, the next for the test, the rest for validation. A repeated instruction goes
         * where it was first, so no test question is trained on. The shares keep their sizes, except that each gets at least one
         * question.
         */
        ORDERED,
        /** By position in the file alone, exactly the textbook's split: a repeated instruction may be both trained on and asked. */
        POSITION,
        /** By a stable hash of instruction and input, so an example stays in its part while data streams in. */
        HASH
    }

    /** 85 % train, 10 % test, 5 % validation, in the order of the file. */
    public static final Split TEXTBOOK = new Split(Policy.ORDERED, 0.85, 0.10);

    /** The textbook's shares by hash: the default of a stream. */
    public static final Split STREAM = new Split(Policy.HASH, 0.85, 0.10);

    public Split {
        policy = policy == null ? Policy.ORDERED : policy;
        if (!(train > 0 && train <= 1) || !(test >= 0 && test < 1) || train + test > 1 + 1e-9) {
            throw new InvalidEventException("fields 'split.train' and 'split.test' are " + train + " and " + test
                    + "; both are shares of 1 and together at most 1");
        }
    }

    /** Returns the share for validation, which measures the loss during training. */
    public double validation() {
        return Math.max(0, 1 - train - test);
    }
}
