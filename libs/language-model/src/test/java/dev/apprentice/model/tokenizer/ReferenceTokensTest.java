package dev.apprentice.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares rows with those that the textbook's own code makes of these examples. */
class ReferenceTokensTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int IGNORED = -100;

    @Test
    void rowsOfTheBundledExamplesEqualTheReference(@TempDir Path folder) throws IOException {
        Path json = Files.write(folder.resolve("tokenizer.json"), Fixtures.bytes("tokenizer.json"));

        requireEqualRows(
                json, JSON.readTree(Fixtures.bytes("golden/collate.json")), JSON.readTree(Fixtures.bytes("examples.json")));
    }

    @Test
    void rowsOfTheInstructionDataEqualTheReference() throws IOException {
        requireEqualRows(
                Fixtures.large("gpt2-tokenizer/tokenizer.json"),
                JSON.readTree(Fixtures.large("golden/collate.json").toFile()),
                JSON.readTree(Fixtures.large("data/instruction-data.json").toFile()));
    }

    private static void requireEqualRows(Path tokenizerJson, JsonNode reference, JsonNode examples) {
        List<String> questions = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        List<List<Integer>> expected = new ArrayList<>();
        for (JsonNode batch : reference.path("batches")) {
            for (int row = 0; row < batch.path("entries").size(); row++) {
                JsonNode example = examples.get(batch.path("entries").get(row).intValue());
                questions.add(PromptStyle.ALPACA.question(
                        example.path("instruction").textValue(), example.path("input").textValue()));
                answers.add(example.path("output").textValue());
                expected.add(row(batch.path("inputs").get(row), batch.path("targets").get(row)));
            }
        }
        int endOfText = reference.path("pad_token_id").intValue();
        try (Tokenizer tokenizer = Tokenizer.load(tokenizerJson)) {
            List<TokenizedRow> rows = tokenizer.encodeRows(questions, answers);

            assertThat(expected).hasSize(32);
            for (int i = 0; i < rows.size(); i++) {
                TokenizedRow row = rows.get(i);
                List<Integer> ids = new ArrayList<>();
                for (int id : row.ids()) {
                    ids.add(id);
                }
                ids.add(endOfText);
                assertThat(ids).isEqualTo(expected.get(i));
                assertThat(tokenizer.encode(questions.get(i) + answers.get(i))).isEqualTo(row.ids());
                assertThat(tokenizer.decode(Arrays.copyOf(row.ids(), row.promptLength())))
                        .isEqualTo(questions.get(i));
            }
        }
    }

    /** Undoes shift and padding: returns the first input, then every target that counts. */
    private static List<Integer> row(JsonNode inputs, JsonNode targets) {
        List<Integer> row = new ArrayList<>();
        row.add(inputs.get(0).intValue());
        for (JsonNode target : targets) {
            if (target.intValue() != IGNORED) {
                row.add(target.intValue());
            }
        }
        return row;
    }

    @Test
    void everyFieldOfTheInstructionDataComesBackAsItWas() throws IOException {
        JsonNode examples = JSON.readTree(Fixtures.large("data/instruction-data.json").toFile());
        try (Tokenizer tokenizer = Tokenizer.load(Fixtures.large("gpt2-tokenizer/tokenizer.json"))) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(50_257);
            int fields = 0;
            for (JsonNode example : examples) {
                for (JsonNode field : example) {
                    assertThat(tokenizer.decode(tokenizer.encode(field.textValue()))).isEqualTo(field.textValue());
                    fields++;
                }
            }
            assertThat(fields).isEqualTo(3_300);
        }
    }

    @Test
    void aTokenThatCrossesTheBorderBelongsToThePrompt() {
        try (Tokenizer tokenizer = Tokenizer.load(Fixtures.large("gpt2-tokenizer/tokenizer.json"))) {
            // GPT-2 has " the" as one token, 262, whose blank belongs to the prompt
            TokenizedRow row = tokenizer.encodeRows(List.of("of "), List.of("the")).get(0);

            assertThat(row.ids()).containsExactly(1659, 262);
            assertThat(row.promptLength()).isEqualTo(2);
        }
    }
}
