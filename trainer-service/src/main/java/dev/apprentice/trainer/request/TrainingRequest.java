package dev.apprentice.trainer.request;

import dev.apprentice.contracts.Training;
import dev.apprentice.contracts.Training.KeepCheckpoints;
import dev.apprentice.contracts.Training.Lora;
import dev.apprentice.contracts.Training.Precision;
import dev.apprentice.contracts.Training.Schedule;
import dev.apprentice.contracts.Training.WeightDecayOn;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** Hyper-parameters as asked for; what is left out is the textbook's. See {@link Training} for what each means. */
public record TrainingRequest(
        @Min(1) @Max(100_000) Integer epochs,
        @Min(1) @Max(100_000) Integer batchSize,
        @Positive @DecimalMax("1") Double learningRate,
        @OneOf(Schedule.class) String schedule,
        @PositiveOrZero Integer warmupSteps,
        @PositiveOrZero @DecimalMax("1") Double weightDecay,
        @PositiveOrZero @DecimalMax(value = "1", inclusive = false) Double beta1,
        @PositiveOrZero @DecimalMax(value = "1", inclusive = false) Double beta2,
        @Positive @DecimalMax("1") Double epsilon,
        @Positive @DecimalMax("1e9") Double maxGradientNorm,
        Boolean maskInstruction,
        Boolean dropLast,
        Long seed,
        @Min(1) Integer evaluateEvery,
        @Min(1) Integer evaluationBatches,
        @Min(1) Integer checkpointEvery,
        @OneOf(value = Precision.class, aliases = {"fp32", "bf16"}) String precision,
        @Min(1) @Max(100_000) Integer gradientAccumulation,
        @OneOf(WeightDecayOn.class) String weightDecayOn,
        Boolean activationCheckpointing,
        @Valid LoraRequest lora,
        @DurationMin(nanos = 1, message = "must be above zero") @DurationMax(days = 36_500, message = "must be at most a hundred years")
                Duration checkpointAfter,
        @Valid KeepCheckpointsRequest keepCheckpoints,
        @Min(1) Integer maxSteps,
        @Min(1) Integer patience) {

    /** See {@link Lora}. */
    public record LoraRequest(
            @NotNull @Min(1) @Max(100_000) Integer rank,
            @Positive @DecimalMax("1e9") Double alpha,
            @PositiveOrZero @DecimalMax(value = "1", inclusive = false) Double dropout,
            @Size(max = 1_000) List<@NotBlank @Size(max = 1_000) String> targets,
            Boolean merge) {

        Lora toLora() {
            return new Lora(rank, alpha, dropout, targets, merge);
        }
    }

    /** See {@link KeepCheckpoints}. */
    public record KeepCheckpointsRequest(@NotNull @Min(1) Integer last, @PositiveOrZero Integer best) {

        KeepCheckpoints toKeepCheckpoints() {
            return new KeepCheckpoints(last, best);
        }
    }

    Training toTraining() {
        Training defaults = Training.DEFAULTS;
        return new Training(
                or(epochs, defaults.epochs()),
                or(batchSize, defaults.batchSize()),
                or(learningRate, defaults.learningRate()),
                choice(Schedule.class, schedule),
                or(warmupSteps, defaults.warmupSteps()),
                or(weightDecay, defaults.weightDecay()),
                or(beta1, defaults.beta1()),
                or(beta2, defaults.beta2()),
                or(epsilon, defaults.epsilon()),
                Optional.ofNullable(maxGradientNorm).or(defaults::maxGradientNorm),
                or(maskInstruction, defaults.maskInstruction()),
                or(dropLast, defaults.dropLast()),
                or(seed, defaults.seed()),
                or(evaluateEvery, defaults.evaluateEvery()),
                or(evaluationBatches, defaults.evaluationBatches()),
                Optional.ofNullable(checkpointEvery).or(defaults::checkpointEvery),
                precision == null ? null : precisionOf(precision.toLowerCase(Locale.ROOT)),
                gradientAccumulation,
                choice(WeightDecayOn.class, weightDecayOn),
                activationCheckpointing,
                Optional.ofNullable(lora).map(LoraRequest::toLora),
                Optional.ofNullable(checkpointAfter),
                Optional.ofNullable(keepCheckpoints).map(KeepCheckpointsRequest::toKeepCheckpoints),
                Optional.ofNullable(maxSteps),
                Optional.ofNullable(patience));
    }

    private static Precision precisionOf(String name) {
        return switch (name) {
            case "fp32" -> Precision.FLOAT32;
            case "bf16" -> Precision.BFLOAT16;
            default -> Precision.valueOf(name.toUpperCase(Locale.ROOT));
        };
    }

    /** Null where it is left out; the record knows the default. */
    private static <E extends Enum<E>> E choice(Class<E> choices, String asked) {
        return asked == null ? null : Enum.valueOf(choices, asked.toUpperCase(Locale.ROOT));
    }

    private static <T> T or(T asked, T otherwise) {
        return asked == null ? otherwise : asked;
    }
}
