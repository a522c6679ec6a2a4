package dev.apprentice.model.training;

/**
 * @param loss mean over the step's targets, before the update
 * @param gradientNorm global norm before clipping
 * @param tokens input tokens in the step
 * @param tokenAccuracy share of targets that were the likeliest token
 * @param seconds that the step took
 */
public record StepMetrics(double loss, double gradientNorm, long tokens, double tokenAccuracy, double seconds) {

    public double tokensPerSecond() {
        return tokens / seconds;
    }
}
