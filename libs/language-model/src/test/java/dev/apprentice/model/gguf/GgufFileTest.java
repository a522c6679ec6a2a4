package dev.apprentice.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufFileTest {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void versionsTwoAndThreeAreReadWithEveryTypeOfMetadata(int version) {
        Path path = GgufBytes.begin(version, 1, 6)
                .text("small").uint32(1).uint8(0xFF)
                .text("large").uint32(10).uint64(-1)
                .text("real").uint32(6).uint32(Float.floatToIntBits(0.5f))
                .text("flag").uint32(7).uint8(1)
                .text("text").uint32(8).text("hello")
                .text("lists").uint32(9).uint32(9).uint64(2)
                .uint32(8).uint64(1).text("a")
                .uint32(5).uint64(2).uint32(-1).uint32(7)
                .tensor("w", 0, 0, 3, 2)
                .data(32, 24)
                .in(folder);

        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.version()).isEqualTo(version);
            assertThat(file.metadata())
                    .containsEntry("small", new GgufValue.Whole(GgufValueType.INT8, -1))
                    .containsEntry("large", new GgufValue.Whole(GgufValueType.UINT64, -1))
                    .containsEntry("real", GgufValue.float32(0.5))
                    .containsEntry("flag", new GgufValue.Flag(true))
                    .containsEntry("text", new GgufValue.Text("hello"))
                    .containsEntry("lists", new GgufValue.Array(GgufValueType.ARRAY, List.of(
                            GgufValue.texts(List.of("a")), GgufValue.int32s(List.of(-1, 7)))));
            assertThat(file.entries().get("w").shape()).containsExactly(2, 3);
            assertThat(file.data("w").remaining()).isEqualTo(24);
        }
    }

    @Test
    void aQuantizedTensorIsListedButNotRead() {
        Path path = GgufBytes.begin(3, 1, 0).tensor("w", 2, 0, 64, 2).data(32, 72).in(folder);

        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.entries().get("w").type()).isEqualTo(GgufType.Q4_0);
            assertThat(file.entries().get("w").length()).isEqualTo(72);
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> file.data("w"))
                    .withMessage(path + ": tensor 'w' is of type Q4_0, and only F32, F16 and BF16 are read; convert the model"
                            + " to one of them");
        }
    }

    @Test
    void theAlignmentOfTheFileIsFollowed() {
        Path path = GgufBytes.begin(3, 1, 1)
                .text("general.alignment").uint32(4).uint32(256)
                .tensor("w", 0, 256, 1)
                .data(256, 260)
                .in(folder);

        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.entries().get("w").begin()).isEqualTo(512);
        }
    }

    @Test
    void whatIsNoGgufFileIsNamed() throws IOException {
        Path path = folder.resolve("model.gguf");
        refused(path, path + " is missing");
        refused(Files.writeString(path, "GG"), "is 2 bytes long, too short for a GGUF file");
        refused(Files.writeString(path, "PK\3\4 and so on"), "does not begin with 'GGUF'");
        refused(Files.writeString(path, "version https://git-lfs.github.com/spec/v1"), "is a Git LFS pointer");
        refused(GgufBytes.begin(1, 0, 0).in(folder), "the version of the format is 1, and 2 and 3 are read");
        refused(GgufBytes.begin(3 << 24, 0, 0).in(folder), "big endian");
    }

    @Test
    void countsAndLengthsBeyondTheFileAreRefusedBeforeMemoryIsTaken() {
        refused(GgufBytes.begin(3, Long.MAX_VALUE, 0).in(folder), "byte 8: the header announces 9223372036854775807 tensors");
        refused(GgufBytes.begin(3, 0, -1).in(folder), "byte 16: the header announces 18446744073709551615 metadata keys");
        refused(GgufBytes.begin(3, 0, 1).uint64(1L << 40).data(1, 32).in(folder), "the key of metadata 0 is 1099511627776 bytes long");
        refused(key("k").uint32(8).uint64(1 << 20).data(1, 64).in(folder), "ends before metadata 'k' does");
        refused(key("k").uint32(9).uint32(4).uint64(1L << 60).data(1, 64).in(folder), "lists 1152921504606846976 elements");
    }

    @Test
    void metadataThatCannotBeIsRefusedWithItsPlace() {
        refused(key("k").uint32(13).uint32(0).in(folder), "byte 33: metadata 'k' is of type 13; there are 0 to 12");
        refused(key("k").uint32(7).uint8(2).in(folder), "metadata 'k' is 2; a BOOL is 0 or 1");
        refused(GgufBytes.begin(3, 0, 2).text("k").uint32(7).uint8(1).text("k").uint32(7).uint8(1).in(folder), "occurs twice");
        refused(key("k").uint32(8).uint64(1).uint8(0xFF).in(folder), "metadata 'k' is not valid UTF-8");
        GgufBytes deep = key("k").uint32(9);
        for (int i = 0; i < 5; i++) {
            deep.uint32(9).uint64(1);
        }
        refused(deep.data(1, 32).in(folder), "lists within lists deeper than the 4 levels");
        for (int alignment : new int[] {0, 48}) {
            refused(key("general.alignment").uint32(4).uint32(alignment).in(folder), "must be a UINT32 that is a power of two");
        }
    }

    @Test
    void tensorsThatCannotBeAreRefusedWithTheirNames() {
        refused(one("w", 4, 0, 1), "tensor 'w' is of type 4, which is unknown; convert");
        refused(one("w", 0, 0, 1, 1, 1, 1, 1), "has 5 dimensions, and at most 4 are allowed");
        refused(one("w", 0, 0, 1L << 32, 1L << 32), "has the impossible shape [4294967296, 4294967296]");
        refused(one("w", 0, 0, -1), "has the impossible shape [-1]");
        refused(one("w", 2, 0, 31), "has the impossible shape [31]");
        refused(one("w", 0, 8, 1), "must be a multiple of the alignment 32");
        refused(one("w", 0, -32, 1), "takes 4 bytes from 18446744073709551584");
        refused(one("w", 0, 0, 17), "ends before tensor 'w' does");
        refused(one("w".repeat(65), 0, 0, 1), "the name of tensor 0 is 65 bytes long, and at most 64 are allowed");
    }

    @Test
    void tensorsThatOverlapOrShareTheirNameAreRefused() {
        refused(
                GgufBytes.begin(3, 2, 0).tensor("a", 0, 0, 16).tensor("b", 0, 32, 4).data(32, 64).in(folder),
                "tensor 'b' begins within another tensor");
        refused(
                GgufBytes.begin(3, 2, 0).tensor("a", 0, 0, 4).tensor("a", 0, 32, 4).data(32, 64).in(folder),
                "tensor 'a' occurs twice");
    }

    private static GgufBytes key(String key) {
        return GgufBytes.begin(3, 0, 1).text(key);
    }

    /** Writes a file with one tensor and 64 bytes of data. */
    private Path one(String name, int type, long offset, long... dimensions) {
        return GgufBytes.begin(3, 1, 0).tensor(name, type, offset, dimensions).data(32, 64).in(folder);
    }

    private static void refused(Path path, String why) {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> GgufFile.open(path))
                .withMessageStartingWith(path.toString())
                .withMessageContaining(why);
    }
}
