package dev.apprentice.inference.api;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A question to a checkpoint.
 *
 * @param instruction what is asked
 * @param input what it is asked about
 * @param run whose checkpoint answers; the newest of all runs if left out
 * @param step which of the run's checkpoints answers; its newest if left out
 * @param maxNewTokens tokens the answer may have; the service's setting if left out
 */
public record AskRequest(
        @Schema(examples = "Rewrite the sentence in the passive voice.")
                @NotBlank(message = "is empty; say what is asked") String instruction,
        @Schema(examples = "The chef cooks the meal.") Optional<String> input,
        Optional<String> run,
        Optional<@Min(value = 0, message = "must be at least 0") Integer> step,
        Optional<@Min(value = 1, message = "must be at least 1") Integer> maxNewTokens) {

    public AskRequest {
        input = input == null ? Optional.empty() : input;
        run = run == null ? Optional.empty() : run;
        step = step == null ? Optional.empty() : step;
        maxNewTokens = maxNewTokens == null ? Optional.empty() : maxNewTokens;
    }
}
