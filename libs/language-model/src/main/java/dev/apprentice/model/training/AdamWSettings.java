package dev.apprentice.model.training;

import java.util.Optional;

/** AdamW (Loshchilov and Hutter, 2019). @param maxGradientNorm global norm to clip to; empty for none */
public record AdamWSettings(
        double weightDecay, double beta1, double beta2, double epsilon, Optional<Double> maxGradientNorm) {}
