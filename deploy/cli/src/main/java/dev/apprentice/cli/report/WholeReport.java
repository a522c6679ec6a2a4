package dev.apprentice.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.contracts.event.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run's results, for programs.
 *
 * @param run its name
 * @param state a word of {@link dev.apprentice.cli.client.answer.RunState}
 * @param requestedAt when it was first requested
 * @param model its base model's location
 * @param losses its evaluations, in the order of their steps
 * @param steps judge-service's complete reports, one for each checkpoint; empty while nothing is graded
 * @param checkpoints those announced, by step
 */
public record WholeReport(
        String run,
        String state,
        Instant requestedAt,
        String model,
        List<Loss> losses,
        JsonNode steps,
        List<RunRow.Saved> checkpoints) {

    /** The losses of an evaluation. */
    public record Loss(int step, Optional<Double> trainLoss, Optional<Double> validationLoss) {

        static Loss of(Progress evaluation) {
            return new Loss(evaluation.step(), evaluation.figures().trainLoss(), evaluation.figures().validationLoss());
        }
    }

    public static WholeReport of(RunStatus run, String state, List<Progress> evaluations, JsonNode steps) {
        return new WholeReport(
                run.run(),
                state,
                run.begunAt(),
                run.specification().model().location(),
                evaluations.stream().map(Loss::of).toList(),
                steps,
                run.checkpoints().stream().map(RunRow.Saved::of).toList());
    }
}
