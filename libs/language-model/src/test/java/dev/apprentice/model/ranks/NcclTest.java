package dev.apprentice.model.ranks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Device;
import dev.apprentice.model.OnGpu;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.model.torchscript.TensorMemory;
import org.junit.jupiter.api.Test;

/** With one rank, a sum leaves the tensor as it is. The test still shows that the library is called as its header requires. */
@OnGpu
class NcclTest {

    @Test
    void aSumOverOneRankIsWhatWasThereInEitherPrecision() {
        try (NDManager manager = PyTorch.newManager(Device.gpu(0));
                Nccl nccl = Nccl.join(Nccl.newId(), 0, 1)) {
            NDArray floats = manager.create(new float[] {1.5f, -2, 3e20f}).mul(2);
            NDArray doubles = manager.create(new double[] {Math.PI, 1e300}).mul(2);
            nccl.sum(TensorMemory.address(floats), floats.size(), floats.getDataType());
            nccl.sum(TensorMemory.address(doubles), doubles.size(), doubles.getDataType());
            assertThat(floats.mul(2).toFloatArray()).containsExactly(6, -8, 1.2e21f);
            assertThat(doubles.mul(2).toDoubleArray()).containsExactly(4 * Math.PI, 4e300);
        }
    }
}
