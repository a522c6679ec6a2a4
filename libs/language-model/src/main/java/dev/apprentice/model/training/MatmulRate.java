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
 * The rate at which a device multiplies large square matrices. No training step can be faster.
 *
 * @param operationsPerSecond floating-point operations per second; a multiplication and an addition count as two
 */
public record MatmulRate(double operationsPerSecond) {

    /** The first size on a processor. On one without bfloat16 instructions, a product of the largest size would take a minute. */
    private static final int SMALLEST_ON_PROCESSOR = 128;

    private static final int LARGEST_ON_PROCESSOR = 2048;
    /** The size on a graphics card, which needs larger matrices to be fully used. */
    private static final int GRAPHICS_CARD_SIZE = 8192;

    private static final int TRIES = 6;
    /** A product that takes at least this long is large enough to measure by. */
    private static final double LONG_ENOUGH_SECONDS = 0.05;

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
     * Returns the device's rate: the fastest of several products, with all threads that an operator may use. The first call in a
     * process measures it, which takes a second or two. A processor multiplies ever larger matrices until a product takes long
     * enough. Other load on the machine lowers the rate.
     */
    public static MatmulRate of(Device device, Precision precision) {
        return MEASURED.computeIfAbsent(new Key(device, precision), MatmulRate::measure);
    }

    private static MatmulRate measure(Key key) {
        boolean processor = key.device().kind() == Device.Kind.CPU;
        int largest = processor ? LARGEST_ON_PROCESSOR : GRAPHICS_CARD_SIZE;
        try (NDManager manager = PyTorch.newManager(key.device());
                TorchScript program = new TorchScript(manager, CLASS, PROGRAM)) {
            double rate = 0;
            double seconds = 0;
            for (int size = processor ? SMALLEST_ON_PROCESSOR : largest;
                    size <= largest && seconds < LONG_ENOUGH_SECONDS;
                    size *= 2) {
                seconds = fastestProduct(program, manager, size, key.precision());
                rate = Math.max(rate, 2.0 * size * size * size / seconds);
            }
            return new MatmulRate(rate);
        }
    }

    private static double fastestProduct(TorchScript program, NDManager device, int size, Precision precision) {
        try (NDManager manager = device.newSubManager()) {
            NDArray x = operand(program, manager, size, precision);
            NDArray product = operand(program, manager, size, precision);
            long fastest = Long.MAX_VALUE;
            for (int i = 0; i < TRIES; i++) {
                long began = System.nanoTime();
                program.method("multiply").with(x).with(product).run(manager).get(0).getFloat();
                fastest = Math.min(fastest, System.nanoTime() - began);
            }
            return fastest / NANOSECONDS;
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
