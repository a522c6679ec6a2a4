package dev.apprentice.judge.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run.DesiredState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run in one row.
 *
 * @param run its name
 * @param phase its phase
 * @param desired the state that its owner requested last
 * @param requestedAt when it was first requested
 * @param updatedAt when its last progress was published
 * @param step optimizer steps done
 * @param steps steps it will have; empty while unknown
 * @param epoch the epoch under way, from 1; 0 before the first
 * @param epochs epochs it will have
 * @param batchesPublished batches that dataset-service has published
 * @param batches batches there will be
 * @param trainLoss the last step's loss
 * @param validationLoss the last evaluation's loss
 * @param learningRate the last step's learning rate
 * @param tokensSeen tokens trained on
 * @param tokensPerSecond the last step's speed
 * @param secondsLeft seconds until the training ends, at the pace of the last steps; empty when it has ended or has not begun
 * @param message the newest message; the reason if the run failed
 * @param checkpoints how many there are
 * @param exams how far the exams are graded
 * @param best the best score so far
 * @param judges judges that its responses wait for but that do not grade; left out if there are none
 */
public record RunSummary(
        String run,
        Phase phase,
        DesiredState desired,
        Optional<Instant> requestedAt,
        Optional<Instant> updatedAt,
        int step,
        Optional<Integer> steps,
        int epoch,
        Optional<Integer> epochs,
        Optional<Long> batchesPublished,
        Optional<Long> batches,
        Optional<Double> trainLoss,
        Optional<Double> validationLoss,
        Optional<Double> learningRate,
        long tokensSeen,
        Optional<Double> tokensPerSecond,
        Optional<Long> secondsLeft,
        Optional<String> message,
        int checkpoints,
        Exams exams,
        Optional<BestScore> best,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<JudgeStatus> judges) {

    /**
     * The progress of the grading.
     *
     * @param questions questions of all checkpoints whose grading has begun
     * @param graded how many of them are graded
     * @param checkpoints how many checkpoints are graded completely
     */
    public record Exams(int questions, int graded, int checkpoints) {

        static final Exams NONE = new Exams(0, 0, 0);
    }

    /**
     * The best mean of a run's main measure: its first judge's score, or a reference metric if it has no judge.
     *
     * @param measure a metric's name, or {@code judge:} and the judge's
     * @param value the mean, on the judge's scale or from 0 to 1 for a metric
     * @param step the checkpoint's step
     */
    public record BestScore(String measure, double value, int step) {}

    public RunSummary graded(Exams exams, Optional<BestScore> best, List<JudgeStatus> judges) {
        return new RunSummary(
                run, phase, desired, requestedAt, updatedAt, step, steps, epoch, epochs, batchesPublished, batches,
                trainLoss, validationLoss, learningRate, tokensSeen, tokensPerSecond, secondsLeft, message, checkpoints,
                exams, best, judges);
    }
}
