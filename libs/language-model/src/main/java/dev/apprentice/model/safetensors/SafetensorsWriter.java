package dev.apprentice.model.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes safetensors files. The bytes depend only on names, types, shapes, contents and metadata, and equal those of the reference
 * implementation.
 */
public final class SafetensorsWriter {

    /** The data begins at a multiple of this; the header is padded with blanks. */
    private static final int ALIGNMENT = 8;

    private static final Comparator<TensorData> LARGEST_TYPE_FIRST =
            Comparator.comparing(TensorData::type).reversed().thenComparing(TensorData::name);

    private SafetensorsWriter() {}

    /**
     * Writes a file beside its target, flushes it to disk, and renames it atomically. An incomplete file is never visible, and a
     * process that has the old file mapped keeps it.
     *
     * @throws ModelException if the file cannot be written, two tensors share a name, or a tensor's bytes do not fit its shape
     */
    public static void write(Path file, List<TensorData> tensors, Map<String, String> metadata) {
        List<TensorData> ordered = tensors.stream().sorted(LARGEST_TYPE_FIRST).toList();
        requireDistinctNames(file, ordered);
        WholeFile.write(file, channel -> {
            WholeFile.writeFully(channel, header(file, ordered, metadata));
            for (TensorData tensor : ordered) {
                requireWhole(file, tensor, WholeFile.writeFully(channel, tensor.pieces()));
            }
        });
    }

    private static void requireDistinctNames(Path file, List<TensorData> tensors) {
        Set<String> names = new HashSet<>();
        for (TensorData tensor : tensors) {
            if (!names.add(tensor.name())) {
                throw new ModelException(file + " would hold two tensors named '" + tensor.name() + "'");
            }
        }
    }

    private static ByteBuffer header(Path file, List<TensorData> tensors, Map<String, String> metadata)
            throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = new JsonFactory().createGenerator(json)) {
            generator.writeStartObject();
            if (!metadata.isEmpty()) {
                generator.writeObjectFieldStart("__metadata__");
                for (Map.Entry<String, String> item : new TreeMap<>(metadata).entrySet()) {
                    generator.writeStringField(item.getKey(), item.getValue());
                }
                generator.writeEndObject();
            }
            long offset = 0;
            for (TensorData tensor : tensors) {
                long end = Math.addExact(offset, length(file, tensor));
                generator.writeObjectFieldStart(tensor.name());
                generator.writeStringField("dtype", tensor.type().name());
                generator.writeFieldName("shape");
                generator.writeArray(tensor.shape(), 0, tensor.shape().length);
                generator.writeFieldName("data_offsets");
                generator.writeArray(new long[] {offset, end}, 0, 2);
                generator.writeEndObject();
                offset = end;
            }
            generator.writeEndObject();
        }
        int padded = (json.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(json.toByteArray());
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private static long length(Path file, TensorData tensor) {
        return tensor.type()
                .bytes(tensor.shape())
                .orElseThrow(() -> new ModelException(file + ": tensor '" + tensor.name() + "' has an impossible shape"));
    }

    private static void requireWhole(Path file, TensorData tensor, long written) {
        if (written != length(file, tensor)) {
            throw new ModelException(file + ": tensor '" + tensor.name() + "' needs " + length(file, tensor)
                    + " bytes for its shape, but " + written + " were given");
        }
    }
}
