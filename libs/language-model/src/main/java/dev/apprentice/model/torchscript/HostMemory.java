package dev.apprentice.model.torchscript;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.ModelException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The bytes of float32 tensors, little endian: in place on a CPU, copied from and to a GPU. A Java buffer holds less than 2 GiB,
 * so a larger tensor is processed as several pieces in order, each of whole rows.
 */
public final class HostMemory {

    private static final NDIndex EVERYTHING = new NDIndex("...");

    /** The size of a piece. It is much smaller than a buffer's 2 GiB, because pieces are copied from and to a card. */
    private static final int PIECE_BYTES = 1 << 28;

    private HostMemory() {}

    /**
     * Creates a tensor of any size in the manager.
     *
     * @param fill is called with one piece after the other, and fills each
     */
    public static NDArray newTensor(NDManager manager, long[] shape, Consumer<ByteBuffer> fill) {
        NDArray tensor = manager.create(new Shape(shape), DataType.FLOAT32);
        overwrite(tensor, fill);
        return tensor;
    }

    /**
     * Overwrites a tensor's contents.
     *
     * @param fill is called with one piece after the other, and fills each
     */
    public static void overwrite(NDArray tensor, Consumer<ByteBuffer> fill) {
        overwrite(tensor, fill, PIECE_BYTES, isOnCpu(tensor));
    }

    static void overwrite(NDArray tensor, Consumer<ByteBuffer> fill, int pieceBytes, boolean inPlace) {
        views(tensor, pieceBytes).forEach(view -> {
            try (view) {
                if (inPlace) {
                    fill.accept(view.part().toByteBuffer(true));
                } else {
                    upload(view.part(), fill);
                }
            }
        });
    }

    private static void upload(NDArray part, Consumer<ByteBuffer> fill) {
        try (NDManager host = part.getManager().newSubManager(Device.cpu())) {
            NDArray copy = host.create(part.getShape(), DataType.FLOAT32);
            fill.accept(copy.toByteBuffer(true));
            NDArray moved = copy.toDevice(part.getDevice(), true);
            moved.attach(host);
            part.set(EVERYTHING, moved);
        }
    }

    /**
     * Returns the tensor's bytes piece by piece, as they are when iterated. Read each piece while the tensor is open, and do not
     * change it.
     */
    public static Iterable<ByteBuffer> pieces(NDArray tensor) {
        return pieces(tensor, PIECE_BYTES);
    }

    static Iterable<ByteBuffer> pieces(NDArray tensor, int pieceBytes) {
        return () -> views(tensor, pieceBytes)
                .map(view -> {
                    try (view) {
                        return bytes(view.part());
                    }
                })
                .iterator();
    }

    private static ByteBuffer bytes(NDArray part) {
        if (isOnCpu(part)) {
            return part.toByteBuffer(true);
        }
        try (NDArray copy = part.toDevice(Device.cpu(), true)) {
            return copy.toByteBuffer(false);
        }
    }

    private record View(NDArray part, boolean isWhole) implements AutoCloseable {

        @Override
        public void close() {
            if (!isWhole) {
                part.close();
            }
        }
    }

    /** Returns the tensor, or views of as many of its rows as fit into a piece. Views share the tensor's memory. */
    private static Stream<View> views(NDArray tensor, int pieceBytes) {
        long bytes = Math.multiplyExact(tensor.size(), (long) Float.BYTES);
        if (bytes <= pieceBytes) {
            return Stream.of(new View(tensor, true));
        }
        long rows = tensor.getShape().get(0);
        if (bytes / rows > Integer.MAX_VALUE) {
            throw new ModelException("a row of a tensor of the shape " + tensor.getShape() + " takes " + bytes / rows
                    + " bytes in float32; one of 2 GiB or more is not supported");
        }
        long together = Math.max(1, pieceBytes / (bytes / rows));
        return LongStream.iterate(0, first -> first < rows, first -> first + together)
                .mapToObj(first -> new View(
                        tensor.get(new NDIndex().addSliceDim(first, Math.min(first + together, rows))), false));
    }

    private static boolean isOnCpu(NDArray tensor) {
        return tensor.getDevice().equals(Device.cpu());
    }
}
