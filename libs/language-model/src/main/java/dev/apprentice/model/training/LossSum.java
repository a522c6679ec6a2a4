package dev.apprentice.model.training;

/**
 * A loss as a sum, to be added up over batches.
 *
 * @param sum cross-entropy over all targets, in nats
 * @param targets the number of targets
 */
public record LossSum(double sum, long targets) {

    /** The loss over no targets. */
    public static final LossSum ZERO = new LossSum(0, 0);

    /** Returns nats per target; NaN without targets. */
    public double mean() {
        return sum / targets;
    }

    public LossSum plus(LossSum other) {
        return new LossSum(sum + other.sum, targets + other.targets);
    }
}
