package dev.apprentice.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsWriterTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tiny-gpt2", "tiny-gptneox", "tiny-llama"})
    void writesByteForByteWhatTheReferenceImplementationWrites(String model) throws IOException {
        byte[] reference = Fixtures.bytes(model + "/model.safetensors");
        Path original = Files.write(folder.resolve("original.safetensors"), reference);
        Path copy = folder.resolve("copy.safetensors");

        try (SafetensorsFile file = SafetensorsFile.open(original)) {
            List<TensorData> tensors = new ArrayList<>();
            file.entries().forEach((name, entry) ->
                    tensors.add(new TensorData(name, entry.type(), entry.shape(), () -> file.data(name))));
            Collections.shuffle(tensors, new Random(1));
            SafetensorsWriter.write(copy, tensors, file.metadata());
        }

        assertThat(copy).hasBinaryContent(reference);
    }

    @Test
    void putsWideTypesFirstAndPadsTheHeaderToEightBytes() throws IOException {
        Path path = folder.resolve("mixed.safetensors");

        SafetensorsWriter.write(
                path,
                List.of(
                        tensor("a", SafetensorsType.BF16, 2),
                        tensor("b", SafetensorsType.F32, 4),
                        tensor("c", SafetensorsType.I64, 8)),
                Map.of());

        byte[] bytes = Files.readAllBytes(path);
        String header = """
                {"c":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},\
                "b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},\
                "a":{"dtype":"BF16","shape":[1],"data_offsets":[12,14]}}""";
        int padded = bytes[0] & 0xFF;
        assertThat(padded).isEqualTo((header.length() + 7) / 8 * 8);
        assertThat(new String(bytes, 8, padded, StandardCharsets.UTF_8)).isEqualTo(header + " ".repeat(padded - header.length()));
        assertThat(bytes).hasSize(8 + padded + 14);
    }

    @Test
    void whoHasTheOldFileMappedKeepsIt() {
        Path path = folder.resolve("model.safetensors");
        SafetensorsWriter.write(path, List.of(tensor("a", SafetensorsType.U8, 1)), Map.of());
        try (SafetensorsFile old = SafetensorsFile.open(path)) {
            ByteBuffer before = old.data("a");

            SafetensorsWriter.write(path, List.of(), Map.of());

            assertThat(before.get(0)).isEqualTo((byte) 7);
            assertThat(path).hasSize(8 + 8);
            assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
        }
    }

    @Test
    void bytesThatDoNotFitTheShapeAreRefused() {
        Path path = folder.resolve("model.safetensors");
        TensorData wrong = new TensorData("wte", SafetensorsType.F32, new long[] {2, 3}, () -> ByteBuffer.allocate(8));

        assertThatThrownBy(() -> SafetensorsWriter.write(path, List.of(wrong), Map.of()))
                .isInstanceOf(ModelException.class)
                .hasMessage(path + ": tensor 'wte' needs 24 bytes for its shape, but 8 were given");
        assertThat(path).doesNotExist();
    }

    @Test
    void twoTensorsOfOneNameAreRefused() {
        Path path = folder.resolve("model.safetensors");
        TensorData tensor = tensor("wte", SafetensorsType.U8, 1);

        assertThatThrownBy(() -> SafetensorsWriter.write(path, List.of(tensor, tensor), Map.of()))
                .isInstanceOf(ModelException.class)
                .hasMessage(path + " would hold two tensors named 'wte'");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path path = folder.resolve("absent/model.safetensors");

        assertThatThrownBy(() -> SafetensorsWriter.write(path, List.of(), Map.of()))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(path + " cannot be written: ");
    }

    /** Returns a tensor of one element, whose bytes are all 7. */
    private static TensorData tensor(String name, SafetensorsType type, int bytes) {
        byte[] sevens = new byte[bytes];
        Arrays.fill(sevens, (byte) 7);
        return new TensorData(name, type, new long[] {1}, () -> ByteBuffer.wrap(sevens));
    }
}
