package dev.apprentice.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.safetensors.SafetensorsType;
import dev.apprentice.model.safetensors.SafetensorsWriter;
import dev.apprentice.model.safetensors.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Bfloat16WeightsTest {

    @Test
    void roundsToTheNearestAndOfTwoToTheEven(@TempDir Path folder) {
        // bfloat16 has 8 bits of precision: neighbours of 1 are 1 / 128 apart
        float[] given = {1, -2.5f, 0, 1 + 1 / 256f, 1 + 3 / 256f, 1 + 1 / 256f + 1e-6f};
        float[] expected = {1, -2.5f, 0, 1, 1 + 4 / 256f, 1 + 2 / 256f};
        ByteBuffer bytes = ByteBuffer.allocate(given.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(given);
        Path from = folder.resolve("float32.safetensors");
        SafetensorsWriter.write(
                from,
                List.of(new TensorData("w", SafetensorsType.F32, new long[] {2, 3}, () -> bytes)),
                Map.of("format", "pt"));

        Path to = folder.resolve("bfloat16.safetensors");
        Bfloat16Weights.write(from, to);

        try (SafetensorsFile written = SafetensorsFile.open(to)) {
            assertThat(written.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThat(written.entries().get("w").type()).isEqualTo(SafetensorsType.BF16);
            assertThat(written.entries().get("w").shape()).containsExactly(2, 3);
            ByteBuffer halves = written.data("w").order(ByteOrder.LITTLE_ENDIAN);
            for (float value : expected) {
                assertThat(Float.intBitsToFloat(halves.getShort() << Short.SIZE)).isEqualTo(value);
            }
        }
    }
}
