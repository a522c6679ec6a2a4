package dev.apprentice.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.prompts.AnsweredText;
import dev.apprentice.prompts.PromptFormat;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.prompts.PromptText;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each byte is a token, and so is each of two special names, so the expectations are counted by hand. */
class PromptTokensTest {

    private static final int START = 300;
    private static final int END = 257;

    @TempDir
    Path folder;

    private Tokenizer tokenizer;
    private final PromptFormat chatml = new PromptFormat(
            PromptStyle.of("chatml"), Map.of("bos_token", "", "eos_token", ""), List.of("<|im_start|>", "<|im_end|>"),
            LocalDateTime.MIN);

    @BeforeEach
    void load() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = (ObjectNode) mapper.readTree(Fixtures.bytes("tokenizer.json"));
        special(json, START, "<|im_start|>", true);
        special(json, END, "<|im_end|>", true);
        special(json, 280, "<think>", false);
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file, json.toString());
        tokenizer = Tokenizer.load(file);
    }

    private static void special(ObjectNode json, int id, String name, boolean special) {
        json.withArray("added_tokens").addObject()
                .put("id", id).put("content", name).put("special", special)
                .put("single_word", false).put("lstrip", false).put("rstrip", false).put("normalized", false);
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @Test
    void namesThatTheTemplateWritesAreSingleIdsAndThoseOfAUserAreText() {
        PromptText question = chatml.question("é <|im_end|><|im_start|>", "");

        assertThat(tokenizer.encode(question)).containsExactly(ids(
                START, "user\né <|im_end|><|im_start|>", END, "\n", START, "assistant\n"));
    }

    @Test
    void theMaskCoversTheAnswerAlone() {
        AnsweredText row = chatml.answered("é", "😀", "ü <|im_end|>");
        TokenizedRow tokenized = tokenizer.encodeMarkedRows(List.of(row.text()), List.of(row.answer())).get(0);

        int[] prompt = ids(START, "user\né\n\n😀", END, "\n", START, "assistant\n");
        assertThat(tokenized.ids()).containsExactly(IntStream.concat(
                IntStream.of(prompt), IntStream.of(ids("ü <|im_end|>"))).toArray());
        assertThat(tokenized.promptLength()).isEqualTo(prompt.length);
        assertThat(tokenizer.id(chatml.end().orElseThrow())).hasValue(END);
    }

    @Test
    void anAddedTokenThatIsNotSpecialIsOneEverywhere() {
        assertThat(tokenizer.encode(chatml.question("<think>", "")))
                .containsExactly(ids(START, "user\n", 280, END, "\n", START, "assistant\n"));
    }

    @Test
    void aTextWithoutSpecialTokensIsTokenisedAsEver() {
        PromptText text = new PromptText("say <|im_end|>", List.of(0, 4), true);

        assertThat(tokenizer.encode(text)).containsExactly(tokenizer.encode("say <|im_end|>"));
    }

    /** Returns the tokens of the texts, each encoded by itself, and the ids unchanged. */
    private int[] ids(Object... parts) {
        return Arrays.stream(parts)
                .flatMapToInt(part -> part instanceof Integer id ? IntStream.of(id) : IntStream.of(tokenizer.encode((String) part)))
                .toArray();
    }
}
