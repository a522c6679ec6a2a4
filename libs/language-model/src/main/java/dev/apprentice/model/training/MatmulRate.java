package dev.apprentice.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Device;
import dev.apprentice.model.Precision;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast a device multiplies large square matrices: what no training step can surpass.
 *
 * @param operationsPerSecond floating-point operations, a multiplication and an addition being two
 */
public record MatmulRate(double operationsPerSecond) {

    private static final int PROCESSOR_SIZE = 2048;
    /** A graphics card needs more to be busy with. */
    private static final int GRAPHICS_CARD_SIZE = 8192;

    private static final int TRIES = 6;
    private static final double NANOSECONDS = 1e9;

    private static final String CLASS = "MatmulRate";
    private static final String PROGRAM =
            """
            class MatmulRate(Module):
              __parameters__ = []
              __buffers__ = []
              def operand(self, there: Tensor, size: int, bfloat16: bool) -> Tensor:
                x = torch.rand([size, size], device=ops.prim.device(there))
                if bfloat16:
                  x = torch.to(x, 15)
                return x
              def multiply(self, x: Tensor, product: Tensor) -> Tensor:
                torch.matmul(x, x, out=product)
                # reading an element waits for a graphics card
                return torch.to(product[0, 0], 6)
            """;

    private static final Map<Key, MatmulRate> MEASURED = new ConcurrentHashMap<>();

    private record Key(Device device, Precision precision) {}

    /**
     * Measured when it is first asked for in this process, which takes less than a second: the fastest of several, with
     * all threads that an operator may use. What else the machine does meanwhile makes it come out lower.
     */
    public static MatmulRate of(Device device, Precision precision) {
        return MEASURED.computeIfAbsent(new Key(device, precision), MatmulRate::measure);
    }

    private static MatmulRate measure(Key key) {
        long size = key.device().kind() == Device.Kind.CPU ? PROCESSOR_SIZE : GRAPHICS_CARD_SIZE;
        try (NDManager manager = PyTorch.newManager(key.device());
                TorchScript program = new TorchScript(manager, CLASS, PROGRAM)) {
            NDArray x = operand(program, manager, size, key.precision());
            NDArray product = operand(program, manager, size, key.precision());
            long fastest = Long.MAX_VALUE;
            for (int i = 0; i < TRIES; i++) {
                long began = System.nanoTime();
                program.method("multiply").with(x).with(product).run(manager).get(0).getFloat();
                fastest = Math.min(fastest, System.nanoTime() - began);
            }
            return new MatmulRate(2.0 * size * size * size / fastest * NANOSECONDS);
        }
    }

    private static NDArray operand(TorchScript program, NDManager manager, long size, Precision precision) {
        return program.method("operand")
                .with(manager.create(0f))
                .with(size)
                .with(precision == Precision.BFLOAT16)
                .run(manager)
                .get(0);
    }
}
