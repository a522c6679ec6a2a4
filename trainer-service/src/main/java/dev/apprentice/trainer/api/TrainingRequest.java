package dev.apprentice.trainer.api;

import dev.apprentice.contracts.Training;
import dev.apprentice.contracts.Training.Schedule;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Locale;
import java.util.Optional;

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
        @Min(1) Integer checkpointEvery) {

    Training toTraining() {
        Training defaults = Training.DEFAULTS;
        return new Training(
                or(epochs, defaults.epochs()),
                or(batchSize, defaults.batchSize()),
                or(learningRate, defaults.learningRate()),
                schedule == null ? defaults.schedule() : Schedule.valueOf(schedule.toUpperCase(Locale.ROOT)),
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
                Optional.ofNullable(checkpointEvery).or(defaults::checkpointEvery));
    }

    private static <T> T or(T asked, T otherwise) {
        return asked == null ? otherwise : asked;
    }
}
