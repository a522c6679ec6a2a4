package dev.apprentice.inference.api;

import dev.apprentice.inference.models.QuestionSettings;
import dev.apprentice.model.generation.Sampling;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A question to a checkpoint.
 *
 * @param instruction the instruction
 * @param input the instruction's input
 * @param run the run whose checkpoint answers; if left out, the newest trained checkpoint of all runs, or else the newest base
 *     model
 * @param step the step of the run's checkpoint that answers; its newest if left out
 * @param maxNewTokens maximum number of tokens of the answer; the service's setting if left out
 * @param temperature sampling temperature; 0, the default, takes the likeliest token
 * @param topP nucleus sampling: draws only from the likeliest tokens that together reach this probability; needs a temperature
 * @param seed seed of the sampling, with which a question gets the same answer again; random if left out
 * @param stream whether the answer is sent piece by piece, as server-sent events
 */
public record AskRequest(
        @Schema(examples = "Rewrite the sentence in the passive voice.")
                @NotBlank(message = "is empty; send a question or an instruction") String instruction,
        @Schema(examples = "The chef cooks the meal.") Optional<String> input,
        Optional<String> run,
        Optional<@Min(value = 0, message = "must be at least 0") Integer> step,
        Optional<
                        @Min(value = 1, message = "must be at least 1")
                        @Max(value = MOST_NEW_TOKENS, message = "must be at most " + MOST_NEW_TOKENS) Integer>
                maxNewTokens,
        Optional<
                        @DecimalMin(value = "0", message = "must be at least 0")
                        @DecimalMax(value = "100", message = "must be at most 100") Double>
                temperature,
        Optional<
                        @DecimalMin(value = "0", inclusive = false, message = "must be above 0")
                        @DecimalMax(value = "1", message = "must be at most 1") Double>
                topP,
        Optional<Long> seed,
        Optional<Boolean> stream) {

    /** More than any model's context. The context of the model limits the answer further. */
    static final int MOST_NEW_TOKENS = 1_000_000;

    public AskRequest {
        input = input == null ? Optional.empty() : input;
        run = run == null ? Optional.empty() : run;
        step = step == null ? Optional.empty() : step;
        maxNewTokens = maxNewTokens == null ? Optional.empty() : maxNewTokens;
        temperature = temperature == null ? Optional.empty() : temperature;
        topP = topP == null ? Optional.empty() : topP;
        seed = seed == null ? Optional.empty() : seed;
        stream = stream == null ? Optional.empty() : stream;
    }

    @AssertTrue(message = "a step was named but no run; name both, or neither for the newest checkpoint")
    @Schema(hidden = true)
    boolean isStepOfARun() {
        return run.isPresent() || step.isEmpty();
    }

    @AssertTrue(message = "topP and seed have no effect without a temperature above 0; set one, or leave them out")
    @Schema(hidden = true)
    boolean isDrawnWhereItSaysHow() {
        return topP.isEmpty() && seed.isEmpty() || temperature.orElse(0.0) > 0;
    }

    /** Returns the settings of the answer. */
    QuestionSettings settings(int defaultMaxNewTokens) {
        double chosen = temperature.orElse(0.0);
        Sampling sampling = chosen == 0
                ? Sampling.GREEDY
                : new Sampling(1, chosen, OptionalInt.empty(), topP.orElse(1.0), 0,
                        seed.orElseGet(ThreadLocalRandom.current()::nextLong));
        return new QuestionSettings(maxNewTokens.orElse(defaultMaxNewTokens), sampling);
    }
}
