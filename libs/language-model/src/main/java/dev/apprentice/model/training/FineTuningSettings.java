package dev.apprentice.model.training;

import dev.apprentice.model.Precision;
import dev.apprentice.model.lora.LoraSettings;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model is tuned. The device is not part of it: it is chosen when the model is loaded.
 *
 * <pre>
 * FineTuningSettings.DEFAULTS
 *         .withPrecision(Precision.BFLOAT16)
 *         .withLora(LoraSettings.of(8, "c_attn"));
 * </pre>
 *
 * @param optimizer the optimizer's settings
 * @param precision in which matrices are multiplied; weights and moments are always float32
 * @param lora train an adapter instead of the weights; empty to train all weights
 * @param activationCheckpointing keep only each block's input in the forward pass, and compute the rest again in the backward pass
 *     (Chen et al., 2016): equal results with far less memory, for about a third more work
 * @param labelSmoothing share of each target that gradients spread evenly over the whole vocabulary (Szegedy et al., 2015), 0 to
 *     below 1; the reported loss still counts the targets alone
 * @param tokensPerBatch the most input tokens that a process computes at once, at least 1; empty to compute each batch as it
 *     comes. See {@link dev.apprentice.model.training.batch.TokenBudget}
 */
public record FineTuningSettings(
        AdamWSettings optimizer, Precision precision, Optional<LoraSettings> lora, boolean activationCheckpointing,
        double labelSmoothing, OptionalInt tokensPerBatch) {

    /** The textbook's defaults: all weights, in float32. */
    public static final FineTuningSettings DEFAULTS =
            new FineTuningSettings(AdamWSettings.DEFAULTS, Precision.FLOAT32, Optional.empty(), false, 0,
                    OptionalInt.empty());

    public FineTuningSettings withOptimizer(AdamWSettings other) {
        return new FineTuningSettings(other, precision, lora, activationCheckpointing, labelSmoothing, tokensPerBatch);
    }

    public FineTuningSettings withPrecision(Precision other) {
        return new FineTuningSettings(optimizer, other, lora, activationCheckpointing, labelSmoothing, tokensPerBatch);
    }

    public FineTuningSettings withLora(LoraSettings other) {
        return new FineTuningSettings(optimizer, precision, Optional.of(other), activationCheckpointing, labelSmoothing, tokensPerBatch);
    }

    public FineTuningSettings withActivationCheckpointing(boolean other) {
        return new FineTuningSettings(optimizer, precision, lora, other, labelSmoothing, tokensPerBatch);
    }

    public FineTuningSettings withLabelSmoothing(double other) {
        return new FineTuningSettings(optimizer, precision, lora, activationCheckpointing, other, tokensPerBatch);
    }

    public FineTuningSettings withTokensPerBatch(int other) {
        return new FineTuningSettings(
                optimizer, precision, lora, activationCheckpointing, labelSmoothing, OptionalInt.of(other));
    }
}
