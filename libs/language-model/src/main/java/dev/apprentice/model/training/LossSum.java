package dev.apprentice.model.training;

/**
 * A loss that can be added up exactly over batches.
 *
 * @param sum cross-entropy over all targets, in nats
 * @param targets how many
 */
public record LossSum(double sum, long targets) {

    /** The loss of nothing. */
    public static final LossSum ZERO = new LossSum(0, 0);

    /** Nats a target; NaN if there are none. */
    public double mean() {
        return sum / targets;
    }

    public LossSum plus(LossSum other) {
        return new LossSum(sum + other.sum, targets + other.targets);
    }
}
