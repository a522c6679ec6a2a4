package dev.apprentice.model.gguf;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes GGUF files of version 3, little endian, with the default alignment. */
public final class GgufWriter {

    private static final int VERSION = 3;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private GgufWriter() {}

    /**
     * Writes a file beside its target, flushes it to disk, and renames it atomically, so an incomplete file is never visible.
     *
     * @param metadata in the order given; without {@code general.alignment}
     * @throws ModelException if the file cannot be written, two tensors share a name, a name or shape exceeds the format's limits,
     *     or a tensor's bytes do not fit its shape
     */
    public static void write(Path file, Map<String, GgufValue> metadata, List<GgufTensor> tensors) {
        requireWritable(file, tensors);
        byte[] header = new GgufWriter().header(file, metadata, tensors);
        WholeFile.write(file, channel -> {
            writeAligned(channel, List.of(ByteBuffer.wrap(header)));
            for (GgufTensor tensor : tensors) {
                requireWhole(file, tensor, writeAligned(channel, tensor.pieces()));
            }
        });
    }

    private static void requireWritable(Path file, List<GgufTensor> tensors) {
        Set<String> names = new HashSet<>();
        for (GgufTensor tensor : tensors) {
            String what = file + ": tensor '" + tensor.name() + "'";
            if (!names.add(tensor.name())) {
                throw new ModelException(what + " would occur twice");
            }
            if (tensor.name().getBytes(StandardCharsets.UTF_8).length > GgufHeader.MAX_NAME_BYTES) {
                throw new ModelException(what + " has a name of more than " + GgufHeader.MAX_NAME_BYTES + " bytes");
            }
            if (tensor.shape().length > GgufHeader.MAX_DIMENSIONS) {
                throw new ModelException(what + " has more than " + GgufHeader.MAX_DIMENSIONS + " dimensions");
            }
        }
    }

    private byte[] header(Path file, Map<String, GgufValue> metadata, List<GgufTensor> tensors) {
        uint32(GgufHeader.MAGIC);
        uint32(VERSION);
        uint64(tensors.size());
        uint64(metadata.size());
        metadata.forEach((key, value) -> {
            text(key);
            uint32(value.type().id());
            value(value);
        });
        long offset = 0;
        for (GgufTensor tensor : tensors) {
            text(tensor.name());
            uint32(tensor.shape().length);
            for (int i = tensor.shape().length - 1; i >= 0; i--) {
                uint64(tensor.shape()[i]);
            }
            uint32(tensor.type().id());
            uint64(offset);
            offset = GgufHeader.aligned(Math.addExact(offset, length(file, tensor)), GgufHeader.DEFAULT_ALIGNMENT);
        }
        return out.toByteArray();
    }

    private void value(GgufValue value) {
        if (value instanceof GgufValue.Text text) {
            text(text.value());
        } else if (value instanceof GgufValue.Flag flag) {
            out.write(flag.value() ? 1 : 0);
        } else if (value instanceof GgufValue.Whole whole) {
            littleEndian(whole.value(), whole.type().fewestBytes());
        } else if (value instanceof GgufValue.Real real) {
            if (real.type() == GgufValueType.FLOAT32) {
                uint32(Float.floatToRawIntBits((float) real.value()));
            } else {
                uint64(Double.doubleToRawLongBits(real.value()));
            }
        } else if (value instanceof GgufValue.Array array) {
            uint32(array.elements().id());
            uint64(array.values().size());
            array.values().forEach(this::value);
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        uint64(bytes.length);
        out.writeBytes(bytes);
    }

    private void uint32(int value) {
        littleEndian(value, Integer.BYTES);
    }

    private void uint64(long value) {
        littleEndian(value, Long.BYTES);
    }

    private void littleEndian(long value, int bytes) {
        byte[] all = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        out.write(all, 0, bytes);
    }

    private static long length(Path file, GgufTensor tensor) {
        return tensor.type()
                .bytes(tensor.shape())
                .orElseThrow(() -> new ModelException(file + ": tensor '" + tensor.name() + "' has an impossible shape"));
    }

    private static void requireWhole(Path file, GgufTensor tensor, long written) {
        if (written != length(file, tensor)) {
            throw new ModelException(file + ": tensor '" + tensor.name() + "' needs " + length(file, tensor)
                    + " bytes for its shape, but " + written + " were given");
        }
    }

    private static long writeAligned(FileChannel channel, Iterable<ByteBuffer> pieces) throws IOException {
        long written = WholeFile.writeFully(channel, pieces);
        long position = channel.position();
        WholeFile.writeFully(channel, ByteBuffer.allocate(
                (int) (GgufHeader.aligned(position, GgufHeader.DEFAULT_ALIGNMENT) - position)));
        return written;
    }
}
