package dev.apprentice.model.training;

/**
 * The figures of a training step.
 *
 * @param loss mean over the step's targets, before the update
 * @param gradientNorm global norm before clipping
 * @param tokens input tokens in the step
 * @param tokenAccuracy share of targets that were the likeliest token
 * @param seconds the time the step took
 * @param operations floating-point operations of this rank's matrix multiplications alone
 */
public record StepMetrics(
        double loss, double gradientNorm, long tokens, double tokenAccuracy, double seconds, double operations) {

    public double tokensPerSecond() {
        return tokens / seconds;
    }

    /** Returns the step's rate of operations as a share of {@code rate}; at most about 1. */
    public double matmulShare(MatmulRate rate) {
        return operations / seconds / rate.operationsPerSecond();
    }
}
