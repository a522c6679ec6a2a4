package dev.apprentice.cli.client.answer;

import java.util.Optional;

/**
 * A run's grades in brief, as judge-service lists them.
 *
 * @param run its name
 * @param trainLoss the last step's; empty before the first
 * @param validationLoss the last evaluation's; empty before the first
 * @param exams how far the grading has come
 * @param best the best score so far; empty before the first checkpoint is graded in full
 */
public record GradedRun(
        String run, Optional<Double> trainLoss, Optional<Double> validationLoss, Exams exams, Optional<Best> best) {

    /** How far the grading has come. @param checkpoints how many are graded in full */
    public record Exams(int questions, int graded, int checkpoints) {}

    /**
     * A score.
     *
     * @param measure a metric's name, or {@code judge:} and the judge's
     * @param value 0 to 100 for a judge, 0 to 1 for a metric
     * @param step the checkpoint's
     */
    public record Best(String measure, double value, int step) {}
}
