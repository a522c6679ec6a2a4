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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The byte-level tokenizer has one token for each byte of UTF-8, so expectations can be counted by hand. */
class TokenizerTest {

    private static final int END_OF_TEXT = 256;

    @TempDir
    Path folder;

    private Tokenizer tokenizer;

    @BeforeEach
    void load() throws IOException {
        tokenizer = Tokenizer.load(Files.write(folder.resolve("tokenizer.json"), Fixtures.bytes("tokenizer.json")));
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a", " leading and trailing ", "line\n\n\nbreaks\t", "naïve", "漢字かな", "👩‍👩‍👧 family", "\u0000"})
    void everyTextComesBackAsItWas(String text) {
        int[] ids = tokenizer.encode(text);

        assertThat(ids).hasSize(text.getBytes(StandardCharsets.UTF_8).length);
        assertThat(tokenizer.decode(ids)).isEqualTo(text);
    }

    @Test
    void halfASurrogatePairBecomesTheReplacementCharacterAndLeavesItsNeighboursAlone() {
        assertThat(tokenizer.decode(tokenizer.encode("a\uD83Db😀\uDE00"))).isEqualTo("a\uFFFDb😀\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "ends in a blank ", "naïve", "漢字", "👩‍👩‍👧", "lone \uD83D"})
    void thePromptOfARowEndsWhereItsTextEnds(String prompt) {
        TokenizedRow row = tokenizer.encodeRows(List.of(prompt), List.of("答え 😀")).get(0);

        String wellFormed = prompt.replace('\uD83D', prompt.startsWith("lone") ? '\uFFFD' : '\uD83D');
        assertThat(row.promptLength()).isEqualTo(wellFormed.getBytes(StandardCharsets.UTF_8).length);
        assertThat(tokenizer.decode(row.ids())).isEqualTo(wellFormed + "答え 😀");
    }

    @Test
    void theNameOfASpecialTokenIsTextInAnInstructionAndInAnAnswer() {
        String name = "<|endoftext|>";

        TokenizedRow row = tokenizer.encodeRows(List.of("say " + name), List.of(name)).get(0);

        assertThat(row.ids()).hasSize(4 + 2 * name.length()).doesNotContain(END_OF_TEXT);
        assertThat(row.promptLength()).isEqualTo(4 + name.length());
        assertThat(tokenizer.encode(name)).doesNotContain(END_OF_TEXT);
    }

    @Test
    void decodingLeavesOutSpecialTokensAndUnknownIds() {
        int[] hello = tokenizer.encode("hello");

        assertThat(tokenizer.decode(hello[0], END_OF_TEXT, hello[1], 999_999)).isEqualTo("he");
    }

    @Test
    void rowsComeInOrderWhateverTheirNumber() {
        List<String> prompts = IntStream.range(0, 1_000).mapToObj(i -> "prompt " + i + " ").toList();
        List<String> answers = IntStream.range(0, 1_000).mapToObj(i -> "answer " + i).toList();

        List<TokenizedRow> rows = tokenizer.encodeRows(prompts, answers);

        assertThat(rows).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(tokenizer.decode(rows.get(i).ids())).isEqualTo(prompts.get(i) + answers.get(i));
            assertThat(rows.get(i).promptLength()).isEqualTo(prompts.get(i).length());
        }
    }

    @Test
    void aPromptNeedsItsAnswer() {
        assertThatThrownBy(() -> tokenizer.encodeRows(List.of("a", "b"), List.of("c")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 prompts, but 1 answers");
    }

    @Test
    void countsTheEndOfTextAmongItsIds() {
        assertThat(tokenizer.vocabularySize()).isEqualTo(257);
    }

    @Test
    void cutsAndPadsNothingWhateverTheFileSaysButBeginsTextsAsItSays() throws IOException {
        String json = new String(Fixtures.bytes("tokenizer.json"), StandardCharsets.UTF_8)
                .replace("\"truncation\": null", "\"truncation\": {\"direction\": \"Right\", \"max_length\": 4,"
                        + " \"strategy\": \"LongestFirst\", \"stride\": 0}")
                .replace("\"padding\": null", "\"padding\": {\"strategy\": {\"Fixed\": 64}, \"direction\": \"Right\","
                        + " \"pad_to_multiple_of\": null, \"pad_id\": 256, \"pad_type_id\": 0,"
                        + " \"pad_token\": \"<|endoftext|>\"}")
                .replaceFirst("\"post_processor\": \\{[^}]*}", "\"post_processor\": {\"type\": \"TemplateProcessing\","
                        + " \"single\": [{\"SpecialToken\": {\"id\": \"<|endoftext|>\", \"type_id\": 0}},"
                        + " {\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}], \"pair\": [],"
                        + " \"special_tokens\": {\"<|endoftext|>\": {\"id\": \"<|endoftext|>\", \"ids\": [256],"
                        + " \"tokens\": [\"<|endoftext|>\"]}}}");
        assertThat(json).contains("LongestFirst", "Fixed", "TemplateProcessing");

        try (Tokenizer meddling = Tokenizer.load(Files.writeString(folder.resolve("meddling.json"), json))) {
            assertThat(meddling.encode("seven letters")).hasSize(14).startsWith(END_OF_TEXT).endsWith(tokenizer.encode("letters"));
            assertThat(meddling.encodeRows(List.of("a", "bcdefg"), List.of("h", "ijkl")))
                    .extracting(row -> row.ids().length)
                    .containsExactly(3, 11);
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Tokenizer.load(folder.resolve("absent.json")))
                .isInstanceOf(ModelException.class)
                .hasMessage(folder.resolve("absent.json") + " is missing");
    }

    @Test
    void brokenJsonIsNamedByLineAndColumn() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.json"), "{\n  \"model\": oops\n}");

        assertThatThrownBy(() -> Tokenizer.load(file))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file + " is not valid JSON at line 2, column ");
    }

    @Test
    void whatIsNoTokenizerIsSaidToBeNone() throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"gpt2\"}");

        assertThatThrownBy(() -> Tokenizer.load(file))
                .isInstanceOf(ModelException.class)
                .hasMessage(file + " has no vocabulary under 'model'; it is no Hugging Face tokenizer");
    }

    @Test
    void whatTheNativeLibraryRefusesIsNamedToo() throws IOException {
        Path file = Files.writeString(folder.resolve("odd.json"), "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}}}");

        assertThatThrownBy(() -> Tokenizer.load(file))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file + " cannot be used as a tokenizer: ");
    }

    @Test
    void anIdThatIsNoIdIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("odd.json"), "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": -1}}}");

        assertThatThrownBy(() -> Tokenizer.load(file))
                .isInstanceOf(ModelException.class)
                .hasMessage(file + " has a token whose id is -1; ids are whole numbers from 0");
    }

    @Test
    void asksNobodyOnTheNetwork() {
        assertThat(System.getProperties())
                .containsEntry("ai.djl.offline", "true")
                .containsEntry("OPT_OUT_TRACKING", "true")
                .containsEntry("RUST_FLAVOR", "cpu");
    }
}
