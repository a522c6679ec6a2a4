package dev.apprentice.model.training;

import dev.apprentice.model.Precision;
import dev.apprentice.model.lora.LoraSettings;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model is tuned. The device is not among them: it is the model's, chosen when the model is loaded.
 *
 * <pre>
 * FineTuningSettings.DEFAULTS
 *         .withPrecision(Precision.BFLOAT16)
 *         .withLora(LoraSettings.of(8, "c_attn"));
 * </pre>
 *
 * @param optimizer figures of the optimizer
 * @param precision what matrices are multiplied in; weights and moments are float32 in any case
 * @param lora train adapters instead of the weights; empty to train all weights
 * @param activationCheckpointing keep only each block's input on the way forward and compute the rest again on the way
 *     back (Chen et al., 2016): the same results with far less memory, for about a third more work
 * @param labelSmoothing share of each target that gradients give to the whole vocabulary in equal parts (Szegedy et al.,
 *     2015), 0 to below 1; the loss that is reported stays that of the targets
 * @param tokensPerBatch input tokens that a process computes at once, at least 1; empty to compute each batch as it comes. See
 *     {@link dev.apprentice.model.training.batch.TokenBudget}
 */
public record FineTuningSettings(
        AdamWSettings optimizer, Precision precision, Optional<LoraSettings> lora, boolean activationCheckpointing,
        double labelSmoothing, OptionalInt tokensPerBatch) {

    /** The textbook's: all weights, in float32. */
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
