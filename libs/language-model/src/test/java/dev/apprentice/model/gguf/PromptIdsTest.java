package dev.apprentice.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.json.JsonFile;
import dev.apprentice.model.prompt.ModelPrompts;
import dev.apprentice.model.tokenizer.TokenizedRow;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.prompts.AnsweredText;
import dev.apprentice.prompts.Conversation;
import dev.apprentice.prompts.PromptFormat;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that a prompt has equal ids in transformers, in this project, and in llama.cpp with the exported file. transformers
 * 5.18's {@code apply_chat_template} is recorded in expected.json for the bundled templates, with {@code bos_token} {@code <s>}
 * and {@code eos_token} {@code </s>}.
 */
class PromptIdsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path path;

    private ModelFolder folder;
    private Tokenizer tokenizer;

    @BeforeEach
    void layOut() throws IOException {
        Fixtures.modelFolder("tiny-gpt2", path);
        Files.write(path.resolve("tokenizer.json"), resource("tokenizer.json"));
        Path configuration = path.resolve("config.json");
        Files.writeString(configuration, Files.readString(configuration).replace("\"vocab_size\": 257", "\"vocab_size\": 270"));
        Files.writeString(path.resolve("tokenizer_config.json"), "{\"bos_token\": \"<s>\", \"eos_token\": \"</s>\"}");
        folder = ModelFolder.open(path);
        tokenizer = folder.tokenizer();
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @Test
    void questionsInEveryBundledStyleHaveTheIdsThatTransformersGivesThem() throws IOException {
        for (JsonNode question : expected().path("questions")) {
            assertThat(tokenizer.encode(format(question).question(conversation(question.path("messages")))))
                    .as(question.toString())
                    .containsExactly(ids(question));
        }
    }

    @Test
    void theExportedVocabularyGivesQuestionsThoseIdsToo() throws IOException {
        Map<String, GgufValue> exported = new HashMap<>();
        ExportedTokens.put(JsonFile.read(path.resolve("tokenizer.json")), folder.configuration(), exported);
        LlamaCppTokenizer llamaCpp = new LlamaCppTokenizer(exported);
        for (JsonNode question : expected().path("questions")) {
            String text = format(question).question(conversation(question.path("messages"))).text();
            assertThat(llamaCpp.ids(text))
                    .as(question.toString())
                    .containsExactlyElementsOf(Arrays.stream(ids(question)).boxed().toList());
        }
    }

    /** transformers marks the assistant's turns of one long row. Here each turn is the end of its own row. */
    @Test
    void theAnswersOfAConversationAreLearnedWhereTransformersMarksThem() throws IOException {
        JsonNode several = expected().path("several");
        PromptFormat format = format(PromptStyle.ofTemplate("marked.jinja", several.path("template").textValue()));
        int[] whole = ids(several);
        int[] learned = new int[whole.length];
        for (int turn = 0; turn < several.path("messages").size(); turn++) {
            JsonNode message = several.path("messages").path(turn);
            if (message.path("role").textValue().equals("assistant")) {
                TokenizedRow row = row(format, before(several.path("messages"), turn), message.path("content").textValue());
                int length = row.ids().length + 1;
                assertThat(row.ids()).containsExactly(Arrays.copyOf(whole, length - 1));
                assertThat(whole[length - 1]).isEqualTo(tokenizer.id(format.end().orElseThrow()).orElseThrow());
                Arrays.fill(learned, row.promptLength(), length, 1);
            }
        }
        assertThat(learned).containsExactly(JSON.convertValue(several.path("learned"), int[].class));
    }

    private TokenizedRow row(PromptFormat format, Conversation before, String answer) {
        AnsweredText text = format.answered(before, answer);
        return tokenizer.encodeMarkedRows(List.of(text.text()), List.of(text.answer())).get(0);
    }

    private static Conversation before(JsonNode messages, int turn) {
        List<Map<String, Object>> before = JSON.convertValue(messages, new TypeReference<>() {});
        return new Conversation(new ArrayList<>(before.subList(0, turn)), List.of());
    }

    private static Conversation conversation(JsonNode messages) {
        return before(messages, messages.size());
    }

    private PromptFormat format(JsonNode question) {
        PromptStyle style = PromptStyle.of(question.path("style").textValue());
        return new PromptFormat(
                style, folder.templateTokens().texts(), folder.templateTokens().names(), LocalDateTime.MIN);
    }

    private PromptFormat format(PromptStyle style) {
        return ModelPrompts.format(folder, style, Instant.EPOCH);
    }

    private static int[] ids(JsonNode recorded) {
        return JSON.convertValue(recorded.path("ids"), int[].class);
    }

    private static JsonNode expected() throws IOException {
        return JSON.readTree(resource("expected.json"));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = PromptIdsTest.class.getResourceAsStream("prompt-ids/" + name)) {
            return in.readAllBytes();
        }
    }
}
