package dev.apprentice.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFileTest {

    @TempDir
    Path folder;

    @Test
    void fieldsComeWithTheirTypes() {
        JsonFile file = file("{\"name\": \"gpt2\", \"layers\": 12, \"epsilon\": 1e-5, \"tied\": false, \"none\": null}");

        assertThat(file.text("name")).isEqualTo("gpt2");
        assertThat(file.positive("layers")).isEqualTo(12);
        assertThat(file.positive("none", 7)).isEqualTo(7);
        assertThat(file.number("epsilon", 0)).isEqualTo(1e-5);
        assertThat(file.number("absent", 0.5)).isEqualTo(0.5);
        assertThat(file.flag("tied", true)).isFalse();
        assertThat(file.flag("absent", true)).isTrue();
        assertThat(file.field("none")).isEmpty();
    }

    @Test
    void numbersThatOnlyPythonWritesAreRead() {
        assertThat(file("{\"limit\": Infinity}").number("limit", 0)).isInfinite();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "\"12\"", "true", "[12]", "99999999999"})
    void whatIsNoPositiveNumberIsQuoted(String value) {
        requireRefused(
                () -> file("{\"layers\": " + value + "}").positive("layers"),
                ": field 'layers' is " + value + "; it must be a whole number of at least 1");
    }

    @Test
    void aFieldOfAnotherTypeIsQuoted() {
        JsonFile file = file("{\"name\": 1, \"epsilon\": \"small\", \"tied\": \"yes\"}");

        requireRefused(() -> file.text("name"), ": field 'name' is 1; it must be a text");
        requireRefused(() -> file.number("epsilon", 0), ": field 'epsilon' is \"small\"; it must be a number");
        requireRefused(() -> file.flag("tied", true), ": field 'tied' is \"yes\"; it must be true or false");
    }

    @Test
    void aMissingFieldIsNamed() {
        requireRefused(() -> file("{}").text("model_type"), " lacks the field 'model_type'");
    }

    @Test
    void brokenJsonIsNamedByLineAndColumn() {
        requireRefused(() -> file("{\n  \"layers\": 12,\n  oops\n}"), " is not valid JSON at line 3, column ");
        requireRefused(() -> file("{\"layers\": 12"), " is not valid JSON at line 1, column ");
        requireRefused(() -> file("{} {}"), " is not valid JSON at line 1, column ");
    }

    @Test
    void invalidUtf8IsRefused() throws IOException {
        Path path = Files.write(
                folder.resolve("file.json"), "{\"name\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));

        requireRefused(() -> JsonFile.read(path), " is not valid JSON at line 1, column ");
    }

    @ParameterizedTest
    @MethodSource
    void whatIsDeeperOrLongerThanAnyRealFileIsRefusedInWords(String value) {
        assertThatThrownBy(() -> file("{\"a\": " + value + "}"))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(folder.resolve("file.json") + " has values nested more than 64 deep, a number of more than")
                .hasMessageEndingWith("download the file again")
                .hasMessageNotContaining("Constraints");
    }

    static List<String> whatIsDeeperOrLongerThanAnyRealFileIsRefusedInWords() {
        return List.of(
                "[".repeat(64) + "]".repeat(64),
                "[".repeat(100_000),
                "{\"b\":".repeat(100_000),
                "9".repeat(1_001),
                "{\"" + "n".repeat(50_001) + "\": 1}");
    }

    @Test
    void aFileLargerThanAnyRealOneIsNotRead() throws IOException {
        Path path = folder.resolve("file.json");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'}'}), 3L << 30);
        }

        requireRefused(() -> JsonFile.read(path), " is 3221225473 bytes long; at most 268435456 are read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "12", "null", ""})
    void anythingButAnObjectIsRefused(String json) {
        requireRefused(() -> file(json), " must hold a JSON object, that is, begin with '{'");
    }

    @Test
    void aFileThatIsMissingOrAFolderIsNamed() {
        requireRefused(() -> JsonFile.read(folder.resolve("file.json")), " is missing");
        assertThatThrownBy(() -> JsonFile.read(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(folder + " cannot be read: ");
    }

    private JsonFile file(String json) {
        try {
            return JsonFile.read(Files.writeString(folder.resolve("file.json"), json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireRefused(ThrowingCallable call, String reason) {
        assertThatThrownBy(call)
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(folder.resolve("file.json") + reason);
    }
}
