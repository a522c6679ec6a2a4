package dev.apprentice.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    @Test
    void theBestHasTheLowestValidationLossAndTheEarlierOfTwoAlikeIsTaken() {
        assertThat(best(at(0, 9.0, 7.0), at(5, 1.0, 3.0), at(10, 0.5, 2.5), at(15, 0.4, 2.5), at(20, 0.1, 4.0))).contains(10);
    }

    @Test
    void withoutValidationTheTrainingLossDecides() {
        assertThat(best(at(0, 9.0, null), at(5, 1.0, null))).contains(5);
    }

    /** One that was written when its run was cancelled is not measured. */
    @Test
    void whatWasNotMeasuredIsNotTheBest() {
        assertThat(best(at(5, null, null), at(7, 0.1, null), at(9, 1.0, 2.0))).contains(9);
        assertThat(best(at(5, null, null))).isEmpty();
    }

    private static Optional<Integer> best(Checkpoint... checkpoints) {
        return Checkpoint.best(List.of(checkpoints)).map(Checkpoint::step);
    }

    private static Checkpoint at(int step, Double trainLoss, Double validationLoss) {
        return new Checkpoint("r", step, 1, false, "file:///x", "sha256:00", Optional.ofNullable(trainLoss),
                Optional.ofNullable(validationLoss), 0, 0, null, Instant.EPOCH);
    }
}
