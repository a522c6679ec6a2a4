package dev.apprentice.model.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Device;
import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.model.torchscript.TorchScript;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packs the rows drawn in {@link PackedBatch} for a graphics card: in one tensor, which needs one copy. */
class PackedBatchTest {

    private static final TokenBatch ROWS = new TokenBatch(new int[] {5, 6, 7, 5, 6, 8, 9}, new int[] {3, 4}, new int[] {1, 1}, false);
    private static final String PROGRAM = """
            class Nothing(Module):
              __parameters__ = []
              __buffers__ = []
              def call(self, all: Tensor) -> Tensor:
                return all
            """;

    private final List<String> copied = new ArrayList<>();

    @Test
    void onAGridOneCopyHoldsAll() {
        pass(false);
        assertThat(copied).containsExactly(numbers(
                "5 6 8", "0 1 2", "0 1 5", "0 1 0 0 1 2", "0 1 1 2", "6 7 8 9", "2 1 1 1"));
    }

    /** Here slots and rows' beginnings are places in the list of all rows, one after another. */
    @Test
    void withoutGapsItHoldsTheRowsBeginningsToo() {
        pass(true);
        assertThat(copied).containsExactly(numbers(
                "5 6 8", "0 1 2", "0 1 4", "0 1 0 1 2", "0 1 1 2", "6 7 8 9", "2 1 1 1", "0 2 5"));
    }

    private static String numbers(String... parts) {
        return "[" + String.join(", ", String.join(" ", parts).split(" ")) + "]";
    }

    private void pass(boolean withoutGaps) {
        ModelConfiguration configuration = new ModelConfiguration("gpt2", 16, 8, 1, 4, List.of(0));
        try (NDManager real = PyTorch.newManager(Device.CPU);
                TorchScript program = new TorchScript(real, "Nothing", PROGRAM)) {
            NDManager manager = (NDManager) Proxy.newProxyInstance(
                    NDManager.class.getClassLoader(), new Class<?>[] {NDManager.class}, (self, method, arguments) -> {
                        assertThat(method.getName()).isEqualTo("create");
                        copied.add(Arrays.toString((long[]) arguments[0]));
                        return real.create((long[]) arguments[0]);
                    });
            new PackedBatch(ROWS, configuration).passInOneTo(program.method("call"), manager, -1, withoutGaps);
        }
    }
}
