package dev.apprentice.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The ids that post-processors of real tokenizers put before a text; {@code h} is 71, the end-of-text 256. */
class BeginOfTextTest {

    private static final String LLAMA = "{\"type\": \"TemplateProcessing\", \"single\": [{\"SpecialToken\": {\"id\":"
            + " \"<s>\", \"type_id\": 0}}, {\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}], \"pair\": [],"
            + " \"special_tokens\": {\"<s>\": {\"id\": \"<s>\", \"ids\": [256], \"tokens\": [\"<s>\"]}}}";
    private static final String BYTE_LEVEL = "{\"type\": \"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": false}";

    @TempDir
    Path folder;

    static Stream<Arguments> processors() {
        return Stream.of(
                Arguments.of("none", "null", new int[] {71}),
                Arguments.of("GPT-2", BYTE_LEVEL, new int[] {71}),
                Arguments.of("Llama 2", LLAMA, new int[] {256, 71}),
                Arguments.of(
                        "Llama 3", "{\"type\": \"Sequence\", \"processors\": [" + BYTE_LEVEL + ", " + LLAMA + "]}", new int[] {256, 71}),
                Arguments.of("with an end-of-text, which is left out", LLAMA.replace("0}}], \"pair\"",
                        "0}}, {\"SpecialToken\": {\"id\": \"<s>\", \"type_id\": 0}}], \"pair\""), new int[] {256, 71}),
                Arguments.of("two tokens", LLAMA.replace("[256]", "[256, 0]"), new int[] {256, 0, 71}),
                Arguments.of("BERT", "{\"type\": \"BertProcessing\", \"sep\": [\"b\", 65], \"cls\": [\"a\", 64]}", new int[] {64, 71}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("processors")
    void everyTextBeginsAsThePostProcessorSays(String name, String processor, int[] ids) throws IOException {
        try (Tokenizer tokenizer = Tokenizer.load(file(processor))) {
            assertThat(tokenizer.encode("h")).containsExactly(ids);

            TokenizedRow row = tokenizer.encodeRows(List.of("h"), List.of("i")).get(0);
            assertThat(row.ids()).startsWith(ids).hasSize(ids.length + 1).endsWith(72);
            assertThat(row.promptLength()).isEqualTo(ids.length);
            assertThat(tokenizer.encodeRows(List.of("é"), List.of("i")).get(0).promptLength()).isEqualTo(ids.length + 1);
        }
    }

    @Test
    void whatCannotBeAddedIsRefused() throws IOException {
        requireRefused(LLAMA.replace("[256]", "[257]"), "begins every text with the id 257, which no token has;"
                + " correct it, or set it to null");
        requireRefused(LLAMA.replace("\"ids\"", "\"id\""), "'s template names the special token \"<s>\", but does not say its"
                + " ids; correct it, or set post_processor to null");
        requireRefused("{\"type\": \"TemplateProcessing\", \"single\": []}", "'s template has no place for the text"
                + " ('Sequence'); correct it, or set post_processor to null");
        requireRefused("{\"type\": \"Magic\"}", "'s type 'Magic' is not supported; there are ByteLevel, TemplateProcessing,"
                + " BertProcessing, RobertaProcessing, Sequence");
    }

    private void requireRefused(String processor, String reason) throws IOException {
        Path file = file(processor);
        assertThatThrownBy(() -> Tokenizer.load(file))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file + ": the post_processor")
                .hasMessageEndingWith(reason);
    }

    private Path file(String processor) throws IOException {
        String json = new String(Fixtures.bytes("tokenizer.json"), StandardCharsets.UTF_8)
                .replaceFirst("\"post_processor\": \\{[^}]*}", "\"post_processor\": " + processor.replace("$", "\\$"));
        assertThat(json).contains(processor);
        return Files.writeString(folder.resolve("tokenizer.json"), json);
    }
}
