package dev.apprentice.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.model.Device;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointWritingTest {

    @Test
    void aGraphicsCardGoesOnAndAProcessorWritesUnlessAskedOtherwise() {
        assertThat(CheckpointWriting.of(Optional.empty(), Device.gpu(1))).isEqualTo(CheckpointWriting.WHILE_TRAINING);
        assertThat(CheckpointWriting.of(Optional.empty(), Device.CPU)).isEqualTo(CheckpointWriting.BETWEEN_STEPS);
        assertThat(CheckpointWriting.of(Optional.of(false), Device.gpu(0))).isEqualTo(CheckpointWriting.BETWEEN_STEPS);
        assertThat(CheckpointWriting.of(Optional.of(true), Device.CPU)).isEqualTo(CheckpointWriting.WHILE_TRAINING);
    }

    @Test
    void aCopyTakesAtMostHalfOfTheMemory() {
        assertThat(CheckpointWriting.WHILE_TRAINING.copies(8, 16)).isTrue();
        assertThat(CheckpointWriting.WHILE_TRAINING.copies(9, 16)).isFalse();
        assertThat(CheckpointWriting.BETWEEN_STEPS.copies(1, 16)).isFalse();
    }
}
