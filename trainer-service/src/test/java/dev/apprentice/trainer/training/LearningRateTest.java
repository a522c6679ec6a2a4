package dev.apprentice.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.run.Training.Schedule;
import dev.apprentice.contracts.run.TrainingBuilder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningRateTest {

    @Test
    void staysAtItsPeakUnlessAskedOtherwise() {
        assertThat(rates(Schedule.CONSTANT, 0, 3)).containsExactly(1, 1, 1);
    }

    @Test
    void risesOverTheWarmUpAndReachesThePeakWithItsLastStep() {
        assertThat(rates(Schedule.CONSTANT, 4, 6)).containsExactly(0.25, 0.5, 0.75, 1, 1, 1);
    }

    @Test
    void fallsAlongALine() {
        assertThat(rates(Schedule.LINEAR, 2, 6)).containsExactly(0.5, 1, 1, 0.75, 0.5, 0.25);
    }

    @Test
    void fallsAlongHalfACosine() {
        double[] rates = rates(Schedule.COSINE, 2, 6);
        assertThat(rates).containsExactly(
                new double[] {0.5, 1, 1, (2 + Math.sqrt(2)) / 4, 0.5, (2 - Math.sqrt(2)) / 4}, within(1e-12));
    }

    @Test
    void keepsRisingWhereTheWarmUpIsLongerThanTheRun() {
        assertThat(rates(Schedule.LINEAR, 8, 2)).containsExactly(0.125, 0.25);
    }

    private static double[] rates(Schedule schedule, int warmupSteps, int steps) {
        Training training = TrainingBuilder.builder().learningRate(1.0).schedule(schedule).warmupSteps(warmupSteps).build();
        LearningRate learningRate = new LearningRate(training, steps);
        return IntStream.rangeClosed(1, steps).mapToDouble(learningRate::at).toArray();
    }
}
