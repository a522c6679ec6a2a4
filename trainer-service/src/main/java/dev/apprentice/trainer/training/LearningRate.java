package dev.apprentice.trainer.training;

import dev.apprentice.contracts.run.Training;

/**
 * The learning rate of every step.
 *
 * <p>During warm-up it rises linearly and reaches its peak at the last warm-up step. After that it stays constant, or falls along
 * a line or half a cosine (Loshchilov and Hutter, "SGDR", 2017). It would reach 0 one step after the last.
 *
 * <pre>
 * peak 1.0, 2 warm-up steps, 6 steps      step 1    2    3    4     5    6
 *   constant                                  .5  1.0  1.0  1.0   1.0  1.0
 *   linear                                    .5  1.0  1.0  .75   .5   .25
 *   cosine                                    .5  1.0  1.0  .854  .5   .146
 * </pre>
 */
final class LearningRate {

    private final Training training;
    private final int steps;

    /** @param steps number of steps of the run, at least 1 */
    LearningRate(Training training, int steps) {
        this.training = training;
        this.steps = steps;
    }

    /** @param step counted from 1 */
    double at(int step) {
        int warmup = training.warmupSteps();
        if (step <= warmup) {
            return training.learningRate() * step / warmup;
        }
        double done = (double) (step - 1 - warmup) / (steps - warmup);
        return training.learningRate()
                * switch (training.schedule()) {
                    case CONSTANT -> 1;
                    case LINEAR -> 1 - done;
                    case COSINE -> (1 + Math.cos(Math.PI * done)) / 2;
                };
    }
}
