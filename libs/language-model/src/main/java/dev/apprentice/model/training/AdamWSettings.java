package dev.apprentice.model.training;

import java.util.Optional;

/**
 * The settings of AdamW (Loshchilov and Hutter, 2019).
 *
 * @param weightDecay decoupled from the gradient; at least 0
 * @param beta1 decay of the first moment, from 0 to below 1
 * @param beta2 decay of the second moment, from 0 to below 1
 * @param epsilon added to the denominator, above 0
 * @param maxGradientNorm global norm that gradients are scaled down to, above 0; empty for no clipping
 * @param weightDecayOn which weights decay
 */
public record AdamWSettings(
        double weightDecay,
        double beta1,
        double beta2,
        double epsilon,
        Optional<Double> maxGradientNorm,
        WeightDecay weightDecayOn) {

    /** The textbook's defaults. */
    public static final AdamWSettings DEFAULTS = new AdamWSettings(0.1, 0.9, 0.999, 1e-8, Optional.empty());

    /** @throws IllegalArgumentException if a value is out of its range; the message names it */
    public AdamWSettings {
        require(weightDecay >= 0, "weightDecay", weightDecay, "at least 0");
        require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "from 0 to below 1");
        require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "from 0 to below 1");
        require(epsilon > 0, "epsilon", epsilon, "above 0");
        maxGradientNorm.ifPresent(norm -> require(norm > 0, "maxGradientNorm", norm, "above 0"));
    }

    /** Creates settings in which every weight decays. */
    public AdamWSettings(double weightDecay, double beta1, double beta2, double epsilon, Optional<Double> maxGradientNorm) {
        this(weightDecay, beta1, beta2, epsilon, maxGradientNorm, WeightDecay.ALL);
    }

    private static void require(boolean holds, String name, double value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + range);
        }
    }
}
