package dev.apprentice.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompiledScriptsTest {

    private static final String PLUS =
            """
            class Plus(Module):
              __parameters__ = []
              __buffers__ = []
              def plus(self, x: Tensor) -> Tensor:
                return torch.add(x, %d)
            """;

    @Test
    void oneSourceIsCompiledOnceAndWithOtherConstantsAnew() {
        CompiledScripts.Compiled first = compiled(1, 7);
        CompiledScripts.Compiled second = compiled(1, 7);
        CompiledScripts.Compiled other = compiled(1, 8);
        assertThat(second).isSameAs(first);
        assertThat(other).isNotSameAs(first);
        List.of(first, second, other).forEach(CompiledScripts.Compiled::release);
        CompiledScripts.Compiled third = compiled(1, 7);
        assertThat(third).as("kept for the next").isSameAs(first);
        third.release();
    }

    /** More programs than the cache keeps: the first ones are evicted while they are in use, and must still run. */
    @Test
    void whatOneUserClosesOthersRunOnAlsoWhenItIsForgotten() {
        try (NDManager manager = PyTorch.newManager(dev.apprentice.model.Device.CPU);
                TorchScript used = program(manager, 100)) {
            TorchScript closed = program(manager, 100);
            closed.close();
            closed.close(); // a second close does nothing
            for (int round = 0; round < 2; round++) {
                List<TorchScript> many = IntStream.range(101, 121).mapToObj(number -> program(manager, number)).toList();
                for (int i = 0; i < many.size(); i++) {
                    assertThat(plus(many.get(i), manager)).isEqualTo(101.5f + i);
                }
                assertThat(plus(used, manager)).isEqualTo(100.5f);
                many.forEach(TorchScript::close);
            }
            try (TorchScript again = program(manager, 100)) {
                assertThat(plus(again, manager)).isEqualTo(100.5f);
            }
            assertThat(plus(used, manager)).isEqualTo(100.5f);
        }
    }

    private static CompiledScripts.Compiled compiled(int number, double constant) {
        PyTorch.threads(); // starts PyTorch
        return CompiledScripts.of(
                Device.cpu(), "Plus", PLUS.formatted(number), List.of(new TensorConstant(List.of(constant), List.of(1))));
    }

    private static TorchScript program(NDManager manager, int number) {
        return new TorchScript(manager, "Plus", PLUS.formatted(number));
    }

    private static float plus(TorchScript program, NDManager manager) {
        return program.method("plus").with(manager.create(0.5f)).run(manager).get(0).getFloat();
    }
}
