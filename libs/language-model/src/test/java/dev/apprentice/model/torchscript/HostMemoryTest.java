package dev.apprentice.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Device;
import dev.apprentice.model.ModelException;
import org.junit.jupiter.api.Test;

class HostMemoryTest {

    @Test
    void whatIsWrittenIsInTheTensorAndIsReadAgain() {
        try (NDManager manager = PyTorch.newManager(Device.CPU)) {
            NDArray tensor = HostMemory.newTensor(manager, new long[] {2, 2}, bytes -> {
                for (int i = 1; bytes.hasRemaining(); i++) {
                    bytes.putFloat(i);
                }
            });
            assertThat(tensor.toFloatArray()).containsExactly(1, 2, 3, 4);
            HostMemory.overwrite(tensor, bytes -> bytes.putFloat(4, 9));
            assertThat(tensor.toFloatArray()).containsExactly(1, 9, 3, 4);
            assertThat(HostMemory.bytes(tensor).getFloat(4)).isEqualTo(9);
        }
    }

    /** A file in 16 bits holds such a tensor in half as much. */
    @Test
    void aTensorTooLargeForJavaIsRefusedBeforeItTakesMemory() {
        try (NDManager manager = PyTorch.newManager(Device.CPU)) {
            assertThatThrownBy(() -> HostMemory.newTensor(manager, new long[] {200_000, 4096}, bytes -> fail()))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("a tensor of the shape [200000, 4096] takes 3276800000 bytes in float32; a single tensor of"
                            + " 2 GiB or more is not supported");
        }
    }
}
