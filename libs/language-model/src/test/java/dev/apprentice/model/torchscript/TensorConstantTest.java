package dev.apprentice.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorConstantTest {

    private static final String PROGRAM =
            """
            class Sum(Module):
              __parameters__ = []
              __buffers__ = []
              def sum(self, x: Tensor) -> Tensor:
                return torch.add(torch.mul(x, CONSTANTS.c0), CONSTANTS.c1)
            """;

    @Test
    void aProgramComputesWithItsConstantsInTheirShape() {
        List<TensorConstant> constants = List.of(
                new TensorConstant(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 0.1), List.of(2, 1, 3)), new TensorConstant(List.of(100.0), List.of(1)));
        try (NDManager manager = PyTorch.newManager(Device.CPU);
                TorchScript program = new TorchScript(manager, "Sum", PROGRAM, constants)) {
            var result = program.method("sum").with(manager.create(new float[] {10, 1}).reshape(2, 1)).run(manager).get(0);
            assertThat(result.getShape().getShape()).containsExactly(2, 2, 3);
            assertThat(result.toFloatArray())
                    .containsExactly(110, 120, 130, 101, 102, 103, 140, 150, 101, 104, 105, 100.1f);
        }
    }

    @Test
    void elementsThatDoNotFillTheShapeAreRefused() {
        assertThatThrownBy(() -> new TensorConstant(List.of(1.0, 2.0, 3.0), List.of(2, 2)))
                .hasMessage("3 elements do not fill a tensor of shape [2, 2]");
    }
}
