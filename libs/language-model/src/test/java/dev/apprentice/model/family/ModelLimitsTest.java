package dev.apprentice.model.family;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.Device;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.Precision;
import dev.apprentice.model.folder.ModelFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixture tiny-llama has 10,336 weights, which take 41,344 bytes. */
class ModelLimitsTest {

    @TempDir
    Path temporary;

    @Test
    void aModelThatFitsIsMade() {
        Architecture architecture = new Variant("tiny-llama", temporary).open().architecture();

        assertThatCode(() -> ModelLimits.requireRoom(architecture, temporary, 41_344, Precision.FLOAT32)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ModelLimits.requireRoom(architecture, temporary, 41_343, Precision.FLOAT32)).isInstanceOf(ModelException.class);
        assertThatCode(() -> ModelLimits.requireRoom(architecture, temporary, 20_672, Precision.BFLOAT16)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ModelLimits.requireRoom(architecture, temporary, 20_671, Precision.BFLOAT16))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("in bfloat16");
    }

    @Test
    void weightsThatNoMachineHoldsAreRefusedBeforeAnyIsDrawn() {
        ModelFolder folder = new Variant("tiny-llama", temporary)
                .with("hidden_size", "131072")
                .with("intermediate_size", "1048576")
                .with("num_hidden_layers", "1024")
                .open();

        assertThatThrownBy(() -> LanguageModel.initialise(folder, 1, Device.CPU))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("the model in " + temporary + " needs 1572889.1 GiB in float32, but this machine has ")
                .hasMessageEndingWith(" GiB of memory; choose a smaller model, or a larger machine");
    }
}
