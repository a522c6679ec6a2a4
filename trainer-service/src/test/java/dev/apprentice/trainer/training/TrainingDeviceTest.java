package dev.apprentice.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.Device;
import org.junit.jupiter.api.Test;

class TrainingDeviceTest {

    @Test
    void aProcessorIsAlwaysThere() {
        assertThat(TrainingDevice.present("cpu", () -> {
                    throw new AssertionError("nobody asks for a graphics card");
                }))
                .isEqualTo(Device.CPU);
    }

    @Test
    void aGraphicsCardThatIsThereIsTaken() {
        assertThat(TrainingDevice.present("gpu", () -> 1)).isEqualTo(Device.gpu(0));
        assertThat(TrainingDevice.present("gpu:1", () -> 2)).isEqualTo(Device.gpu(1));
    }

    @Test
    void oneThatIsNotThereIsNamedWithTheWayOut() {
        assertThatThrownBy(() -> TrainingDevice.present("gpu", () -> 0))
                .hasMessage("apprentice.trainer.device is gpu, but PyTorch finds no graphics card on this machine; set it to"
                        + " cpu, or mend the driver or the container's access to the card");
        assertThatThrownBy(() -> TrainingDevice.present("gpu:2", () -> 2)).hasMessageContaining("only 2 graphics card(s)");
    }

    @Test
    void aDeviceThatIsNoneIsNamed() {
        assertThatThrownBy(() -> TrainingDevice.present("tpu", () -> 0))
                .hasMessage("apprentice.trainer.device: the device 'tpu' is not known; write cpu, gpu or gpu:N, such as gpu:1");
    }
}
