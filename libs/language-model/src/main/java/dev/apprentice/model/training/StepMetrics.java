package dev.apprentice.model.training;

/**
 * @param loss mean over the step's targets, before the update
 * @param gradientNorm global norm before clipping
 * @param tokens input tokens in the step
 * @param tokenAccuracy share of targets that were the likeliest token
 * @param seconds that the step took
 * @param operations floating-point operations that multiplying matrices takes in it, and nothing else
 */
public record StepMetrics(
        double loss, double gradientNorm, long tokens, double tokenAccuracy, double seconds, double operations) {

    public double tokensPerSecond() {
        return tokens / seconds;
    }

    /** What the step achieved of the rate that the machine multiplies large matrices with; at most about 1. */
    public double matmulShare(MatmulRate rate) {
        return operations / seconds / rate.operationsPerSecond();
    }
}
