package dev.apprentice.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.TensorEntry;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {

    @TempDir
    Path folder;

    @Test
    void readsWhatTransformersWrote() throws IOException {
        byte[] bytes = Fixtures.bytes("tiny-gpt2/model.safetensors");
        Path path = Files.write(folder.resolve("model.safetensors"), bytes);

        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.metadata()).isEqualTo(Map.of("format", "pt"));
            TensorEntry<SafetensorsType> embedding = file.entries().get("transformer.wte.weight");
            assertThat(embedding.type()).isEqualTo(SafetensorsType.F32);
            assertThat(embedding.shape()).containsExactly(257, 32);
            assertThat(embedding.length()).isEqualTo(257 * 32 * 4);
            assertThat(file.data("transformer.wte.weight"))
                    .isEqualTo(ByteBuffer.wrap(bytes, (int) embedding.begin(), (int) embedding.length()));
            assertThat(file.data("transformer.wte.weight").order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
            assertThat(file.entries().values().stream().mapToLong(TensorEntry::length).sum())
                    .isEqualTo(bytes.length - file.entries().values().iterator().next().begin());
        }
    }

    @Test
    void aLargeTensorIsReadPartByPart() {
        int bytes = (5 << 19) + 4;
        ByteBuffer written = ByteBuffer.allocate(bytes);
        new Random(1).nextBytes(written.array());
        Path path = folder.resolve("large.safetensors");
        SafetensorsWriter.write(
                path,
                List.of(new TensorData("a", SafetensorsType.BF16, new long[] {bytes / 2}, () -> written)),
                Map.of());
        ByteBuffer read = ByteBuffer.allocate(bytes);
        List<Integer> parts = new ArrayList<>();
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            file.parts("a").forEach(part -> {
                parts.add(part.remaining());
                read.put(part);
            });
            assertThatThrownBy(() -> file.parts("b"))
                    .isInstanceOf(ModelException.class)
                    .hasMessage(path + " has no tensor 'b'");
        }
        assertThat(read.array()).isEqualTo(written.array());
        assertThat(parts).containsExactly(1 << 20, 1 << 20, (1 << 19) + 4);
    }

    /** The file is sparse, so it takes no room on the disk. Java's buffers are limited to 2 GiB. */
    @Test
    void aTensorOfMoreThanABufferHoldsIsReadToItsEnd() throws IOException {
        long bytes = (1L << 31) + 6;
        Path path = SafetensorsBytes.file(
                folder, "{\"a\":{\"dtype\":\"BF16\",\"shape\":[" + bytes / 2 + "],\"data_offsets\":[0," + bytes + "]}}", 0);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}), channel.size() + (1L << 31));
        }
        long read = 0;
        byte[] end = {};
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (ByteBuffer part : file.parts("a")) {
                read += part.remaining();
                end = Arrays.copyOf(part.array(), part.remaining());
            }
        }
        assertThat(read).isEqualTo(2_147_483_654L);
        assertThat(end).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void dataStaysValidAfterClosing() {
        Path path = SafetensorsBytes.file(folder, "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}", 2);
        ByteBuffer data;
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            data = file.data("a");
        }

        assertThat(data.get(1)).isEqualTo((byte) 1);
    }

    @Test
    void scalarsAndEmptyTensorsAreTensorsToo() {
        Path path = SafetensorsBytes.file(
                folder,
                """
                {"scalar":{"dtype":"I64","shape":[],"data_offsets":[0,8]},
                 "nothing":{"dtype":"F32","shape":[3,0,9223372036854775807],"data_offsets":[8,8]}}""",
                8);

        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.data("scalar").getLong()).isEqualTo(0x0101010101010101L);
            assertThat(file.data("nothing").remaining()).isZero();
        }
    }

    @Test
    void anUnknownTensorIsNamed() {
        Path path = SafetensorsBytes.file(folder, "{}", 0);

        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThatThrownBy(() -> file.data("wte.weight"))
                    .isInstanceOf(ModelException.class)
                    .hasMessage(path + " has no tensor 'wte.weight'");
        }
    }

    @Test
    void aMissingFileIsNamed() {
        Path absent = folder.resolve("absent.safetensors");

        assertThatThrownBy(() -> SafetensorsFile.open(absent))
                .isInstanceOf(ModelException.class)
                .hasMessage(absent + " is missing");
    }

    @Test
    void aFileTooShortForALengthIsNoSafetensorsFile() throws IOException {
        Path path = Files.write(folder.resolve("model.safetensors"), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOf(ModelException.class)
                .hasMessage(path + " is 3 bytes long, too short for a safetensors file; download it again");
    }

    @Test
    void aGitLfsPointerIsToldApart() throws IOException {
        Path path = Files.writeString(
                folder.resolve("model.safetensors"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");

        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOf(ModelException.class)
                .hasMessage(path + " is a Git LFS pointer instead of the weights; run 'git lfs pull' in its folder");
    }

    @ParameterizedTest
    @CsvSource({"100000001", "9223372036854775807", "-1", "-9223372036854775808"})
    void anAbsurdHeaderLengthIsRefusedBeforeAnythingIsAllocated(long length) {
        Path path = SafetensorsBytes.file(folder, length, new byte[16], 0);

        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOf(ModelException.class)
                .hasMessage(path + " announces a header of " + Long.toUnsignedString(length)
                        + " bytes, above the limit of 100000000; it is not a safetensors file");
    }

    @Test
    void aFileCutWithinItsHeaderSaysHowMuchThereIs() {
        Path path = SafetensorsBytes.file(folder, 100, "{}".getBytes(StandardCharsets.UTF_8), 0);

        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOf(ModelException.class)
                .hasMessage(path + " is truncated within its header: it has 2 of 100 bytes; download it again");
    }

    @Test
    void aFileCutWithinItsDataNamesTheFirstTensorThatIsNotAllThere() throws IOException {
        byte[] whole = Fixtures.bytes("tiny-gpt2/model.safetensors");
        Path path = Files.write(folder.resolve("model.safetensors"), Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> SafetensorsFile.open(path))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(path + " has a tensor 'transformer.")
                .hasMessageEndingWith(" bytes of data; the file is damaged, download it again");
    }
}
