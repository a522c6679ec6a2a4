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
 * @param phase where in its life it is
 * @param desired what its owner asked for last
 * @param requestedAt when it was asked for first
 * @param updatedAt when it was last heard of
 * @param step optimizer steps done
 * @param steps steps it will have; empty while unknown
 * @param epoch the epoch under way, from 1; 0 before the first
 * @param epochs epochs it will have
 * @param batchesPublished batches that dataset-service has published
 * @param batches batches there will be
 * @param trainLoss the last step's
 * @param validationLoss the last evaluation's
 * @param learningRate the last step's
 * @param tokensSeen tokens trained on
 * @param tokensPerSecond the last step's
 * @param secondsLeft until the training ends, at the pace of the last steps; empty when it has ended or has not begun
 * @param message the newest one; the reason where it failed
 * @param checkpoints how many there are
 * @param exams how far they are graded
 * @param best the best score so far
 * @param judges those that its responses wait for and that do not grade; left out where there are none
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
     * How far the grading has come.
     *
     * @param questions of all checkpoints whose grading has begun
     * @param graded how many of them are graded
     * @param checkpoints how many checkpoints are graded in full
     */
    public record Exams(int questions, int graded, int checkpoints) {

        static final Exams NONE = new Exams(0, 0, 0);
    }

    /**
     * The best mean of the measure that counts most for a run: its first judge's, or without a judge a reference metric's.
     *
     * @param measure a metric's name, or {@code judge:} and the judge's
     * @param value 0 to 100 for a judge, 0 to 1 for a metric
     * @param step the checkpoint's
     */
    public record BestScore(String measure, double value, int step) {}

    public RunSummary graded(Exams exams, Optional<BestScore> best, List<JudgeStatus> judges) {
        return new RunSummary(
                run, phase, desired, requestedAt, updatedAt, step, steps, epoch, epochs, batchesPublished, batches,
                trainLoss, validationLoss, learningRate, tokensSeen, tokensPerSecond, secondsLeft, message, checkpoints,
                exams, best, judges);
    }
}
