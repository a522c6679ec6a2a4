package dev.apprentice.judge.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A run's figures over steps, reduced to what a screen can show. All lists of a part have equal length.
 *
 * @param training the figures of optimizer steps
 * @param evaluation the figures of evaluations
 */
public record Curves(Training training, Evaluation evaluation) {

    /** The most points of each part. */
    static final int POINTS = 512;

    static final int LOSS = 0;
    static final int LEARNING_RATE = 1;
    static final int GRADIENT_NORM = 2;
    static final int TOKENS_PER_SECOND = 3;
    static final int TOKEN_ACCURACY = 4;
    static final int TRAINING_COLUMNS = 5;

    static final int TRAIN_LOSS = 0;
    static final int VALIDATION_LOSS = 1;
    static final int EVALUATION_COLUMNS = 2;

    /**
     * Figures of optimizer steps. A point is the mean over {@code stride} steps, or null if none of them reported the figure.
     *
     * @param stride steps that share a point
     * @param steps the last step of each point
     * @param tokensSeen tokens trained on until that step
     * @param loss mean loss per target token
     * @param learningRate the optimizer's learning rate
     * @param gradientNorm global norm before clipping
     * @param tokensPerSecond training speed
     * @param tokenAccuracy share of target tokens to which the model gave the highest probability
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Training(
            int stride,
            int[] steps,
            long[] tokensSeen,
            List<Double> loss,
            List<Double> learningRate,
            List<Double> gradientNorm,
            List<Double> tokensPerSecond,
            List<Double> tokenAccuracy) {}

    /**
     * Figures of evaluations. A point is the mean of those within {@code stride} steps.
     *
     * @param stride steps that share a point
     * @param steps the last step of each point
     * @param tokensSeen tokens trained on until that step
     * @param trainLoss loss over some training batches
     * @param validationLoss loss over some validation batches
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Evaluation(
            int stride, int[] steps, long[] tokensSeen, List<Double> trainLoss, List<Double> validationLoss) {}

    static Curves of(Curve training, Curve evaluation) {
        return new Curves(
                new Training(
                        training.stride(),
                        training.steps(),
                        training.tokensSeen(),
                        training.column(LOSS),
                        training.column(LEARNING_RATE),
                        training.column(GRADIENT_NORM),
                        training.column(TOKENS_PER_SECOND),
                        training.column(TOKEN_ACCURACY)),
                new Evaluation(
                        evaluation.stride(),
                        evaluation.steps(),
                        evaluation.tokensSeen(),
                        evaluation.column(TRAIN_LOSS),
                        evaluation.column(VALIDATION_LOSS)));
    }
}
