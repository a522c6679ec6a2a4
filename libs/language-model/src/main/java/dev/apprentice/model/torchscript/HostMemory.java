package dev.apprentice.model.torchscript;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.ModelException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** The bytes of float32 tensors, little endian, wherever the tensors live: in place on a CPU, copied from and to a GPU. */
public final class HostMemory {

    private static final NDIndex EVERYTHING = new NDIndex("...");

    private HostMemory() {}

    /**
     * A new tensor of the manager's.
     *
     * @param fill writes all its bytes
     * @throws ModelException if it takes 2 GiB or more, which is more than Java can look at in one piece
     */
    public static NDArray newTensor(NDManager manager, long[] shape, Consumer<ByteBuffer> fill) {
        long bytes = Math.multiplyExact(new Shape(shape).size(), (long) Float.BYTES);
        if (bytes > Integer.MAX_VALUE) {
            throw new ModelException("a tensor of the shape " + Arrays.toString(shape) + " takes " + bytes
                    + " bytes in float32; a single tensor of 2 GiB or more is not supported");
        }
        NDArray tensor = manager.create(new Shape(shape), DataType.FLOAT32);
        overwrite(tensor, fill);
        return tensor;
    }

    /** Gives a tensor new contents. @param fill writes all its bytes */
    public static void overwrite(NDArray tensor, Consumer<ByteBuffer> fill) {
        if (isOnCpu(tensor)) {
            fill.accept(tensor.toByteBuffer(true));
            return;
        }
        try (NDManager host = tensor.getManager().newSubManager(Device.cpu())) {
            NDArray copy = host.create(tensor.getShape(), DataType.FLOAT32);
            fill.accept(copy.toByteBuffer(true));
            NDArray moved = copy.toDevice(tensor.getDevice(), true);
            moved.attach(host);
            tensor.set(EVERYTHING, moved);
        }
    }

    /** Its bytes, to be read while the tensor is open, and to be left as they are. */
    public static ByteBuffer bytes(NDArray tensor) {
        if (isOnCpu(tensor)) {
            return tensor.toByteBuffer(true);
        }
        try (NDArray copy = tensor.toDevice(Device.cpu(), true)) {
            return copy.toByteBuffer(false);
        }
    }

    private static boolean isOnCpu(NDArray tensor) {
        return tensor.getDevice().equals(Device.cpu());
    }
}
