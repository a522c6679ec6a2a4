package dev.apprentice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.testkit.Fixtures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

    @TempDir
    Path temporary;

    @ParameterizedTest
    @CsvSource({"cpu, CPU, 0, cpu", "gpu, GPU, 0, gpu:0", "gpu:0, GPU, 0, gpu:0", "gpu:12, GPU, 12, gpu:12"})
    void isReadAndWritten(String text, Device.Kind kind, int index, String written) {
        assertThat(Device.parse(text)).isEqualTo(new Device(kind, index)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GPU", "cuda", "cpu:0", "gpu:", "gpu:-1", "gpu:1 ", "gpu:99999999999"})
    void whatIsNoDeviceIsRefusedWithThoseThatAre(String text) {
        assertThatThrownBy(() -> Device.parse(text))
                .isInstanceOf(ModelException.class)
                .hasMessage("the device '" + text + "' is not known; write cpu, gpu or gpu:N, such as gpu:1");
    }

    @Test
    void whatASettingNamesIsLookedForOnlyWhereItIsAGraphicsCard() {
        assertThat(Device.present("some.device", "cpu", () -> {
                    throw new AssertionError("no graphics card is asked for");
                }))
                .isEqualTo(Device.CPU);
        assertThat(Device.present("some.device", "gpu", () -> 1)).isEqualTo(Device.gpu(0));
        assertThat(Device.present("some.device", "gpu:1", () -> 2)).isEqualTo(Device.gpu(1));
    }

    @Test
    void aSettingThatCannotBeFollowedIsNamedWithTheWayOut() {
        assertThatThrownBy(() -> Device.present("some.device", "gpu", () -> 0))
                .hasMessageStartingWith("some.device is gpu, but PyTorch finds no graphics card on this machine: ")
                .hasMessageEndingWith(", or set it to cpu");
        assertThatThrownBy(() -> Device.present("some.device", "gpu", () -> {
                    throw new ModelException("PyTorch cannot be loaded: libcudnn.so.9 was not found");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("some.device is gpu, but PyTorch cannot be loaded: libcudnn.so.9 was not found");
        assertThatThrownBy(() -> Device.present("some.device", "gpu:2", () -> 2))
                .hasMessage("some.device is gpu:2, but PyTorch finds only 2 graphics card(s) on this machine; set it to a lower"
                        + " number, or set it to cpu");
        assertThatThrownBy(() -> Device.present("some.device", "tpu", () -> 0))
                .hasMessage("some.device: the device 'tpu' is not known; write cpu, gpu or gpu:N, such as gpu:1");
    }

    @Test
    void aGraphicsCardThatIsNotThereIsRefused() {
        ModelFolder folder = ModelFolder.open(Fixtures.modelFolder("tiny-gpt2", temporary));
        Device absent = Device.gpu(PyTorch.gpus());
        assertThatThrownBy(() -> LanguageModel.load(folder, absent))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("the device " + absent + " does not exist: PyTorch sees ")
                .hasMessageContaining("use cpu");
    }
}
