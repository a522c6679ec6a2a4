package dev.apprentice.lab.demo;

import dev.apprentice.model.gguf.ElementEncoder;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.safetensors.SafetensorsType;
import dev.apprentice.model.safetensors.SafetensorsWriter;
import dev.apprentice.model.safetensors.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;

/** Converts a checkpoint's weights to half the size. */
final class Bfloat16Weights {

    private Bfloat16Weights() {}

    /**
     * Copies a file of tensors as bfloat16, rounded to nearest, ties to even.
     *
     * @param from safetensors in float32
     * @param to the file to write
     */
    static void write(Path from, Path to) {
        try (SafetensorsFile file = SafetensorsFile.open(from)) {
            List<TensorData> tensors = file.entries().values().stream()
                    .map(entry -> new TensorData(
                            entry.name(), SafetensorsType.BF16, entry.shape(), () -> rounded(file.data(entry.name()))))
                    .toList();
            SafetensorsWriter.write(to, tensors, file.metadata());
        }
    }

    private static ByteBuffer rounded(ByteBuffer bytes) {
        FloatBuffer elements = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        ByteBuffer halves = ByteBuffer.allocate(elements.remaining() * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (elements.hasRemaining()) {
            halves.putShort(ElementEncoder.bfloat16(elements.get()));
        }
        return halves.flip();
    }
}
