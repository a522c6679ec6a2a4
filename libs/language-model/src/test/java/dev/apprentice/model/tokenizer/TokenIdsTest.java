package dev.apprentice.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that every token has the id of tokenizer.json. The vocabulary has the 256 bytes; an ASCII letter's id is its code minus
 * 33, so {@code h} is 71 and {@code i} is 72.
 */
class TokenIdsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** Returns a name, the added tokens with a star after special ones, and the ids of {@code h<a>i<b>}. */
    static Stream<Arguments> layouts() {
        return Stream.of(
                Arguments.of("behind a special token", "<s>*=256 <a>=257 <b>=258", List.of(71, 257, 72, 258)),
                Arguments.of("between special tokens", "<s>*=256 <a>=257 <t>*=258 <b>=259 <u>*=260", List.of(71, 257, 72, 259)),
                Arguments.of("before a special token", "<a>=256 <b>=257 <s>*=258", List.of(71, 256, 72, 257)),
                Arguments.of("with holes", "<s>*=256 <a>=260 <b>=271", List.of(71, 260, 72, 271)),
                Arguments.of("out of order", "<b>=258 <s>*=256 <a>=257", List.of(71, 257, 72, 258)),
                Arguments.of("out of order, with holes", "<b>=300 <a>=257 <s>*=299", List.of(71, 257, 72, 300)),
                Arguments.of("in the vocabulary as well", "h=71 <s>*=256 <a>=257 i=72 <b>=258", List.of(71, 257, 72, 258)),
                Arguments.of("named twice", "<a>=257 <a>=257 <b>=258", List.of(71, 257, 72, 258)),
                Arguments.of("far beyond", "<a>=70000 <b>=4194303", List.of(71, 70_000, 72, 4_194_303)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layouts")
    void addedTokensHaveTheIdsOfTheFile(String name, String added, List<Integer> ids) throws IOException {
        try (Tokenizer tokenizer = Tokenizer.load(file(tokenizer(added)))) {
            assertThat(tokenizer.encode("h<a>i<b>")).containsExactly(ids.stream().mapToInt(id -> id).toArray());
            assertThat(tokenizer.decode(ids.stream().mapToInt(id -> id).toArray())).isEqualTo("h<a>i<b>");
            TokenizedRow row = tokenizer.encodeRows(List.of("h<a>"), List.of("i<b>")).get(0);
            assertThat(row.ids()).containsExactly(ids.stream().mapToInt(id -> id).toArray());
            assertThat(row.promptLength()).isEqualTo(2);
        }
    }

    @Test
    void aVocabularyWithHolesKeepsItsIdsAndThoseBehindIt() throws IOException {
        ObjectNode json = tokenizer("<s>*=258 <a>=256 <b>=262");
        ObjectNode vocabulary = (ObjectNode) json.at("/model/vocab");
        vocabulary.put("hi", 260);
        ((ArrayNode) json.at("/model/merges")).add("h i");

        try (Tokenizer tokenizer = Tokenizer.load(file(json))) {
            assertThat(tokenizer.encode("hi<a>h<b>")).containsExactly(260, 256, 71, 262);
            assertThat(tokenizer.decode(260, 256, 257, 258, 259, 261, 71, 262)).isEqualTo("hi<a>h<b>");
            assertThat(tokenizer.vocabularySize()).isEqualTo(263);
        }
    }

    @Test
    void theTokensOfQwen2Point5ThatAreNotSpecialComeBetweenThoseThatAre() throws IOException {
        String added = "<|endoftext|>*=256 <|im_start|>*=257 <|im_end|>*=258 <tool_call>=259 </tool_call>=260";
        try (Tokenizer tokenizer = Tokenizer.load(file(tokenizer(added)))) {
            assertThat(tokenizer.encode("<tool_call>hi</tool_call>")).containsExactly(259, 71, 72, 260);
        }
    }

    @Test
    void aTokenWithTwoIdsIsRefused() throws IOException {
        Path file = file(tokenizer("h=300"));

        assertThatThrownBy(() -> Tokenizer.load(file))
                .isInstanceOf(ModelException.class)
                .hasMessage(file + " has the token 'h' with the id 71 in its vocabulary, and 300 under 'added_tokens'; correct"
                        + " one of them");
    }

    @Test
    void anIdWithTwoTokensIsRefused() throws IOException {
        Path inVocabulary = file(tokenizer("<a>=71"));
        assertThatThrownBy(() -> Tokenizer.load(inVocabulary))
                .isInstanceOf(ModelException.class)
                .hasMessage(inVocabulary + " has two tokens with the id 71, 'h' and '<a>'; give each an id of its own");

        Path added = file(tokenizer("<a>=300 <b>=300"));
        assertThatThrownBy(() -> Tokenizer.load(added))
                .isInstanceOf(ModelException.class)
                .hasMessage(added + " has two tokens with the id 300, '<a>' and '<b>'; give each an id of its own");
    }

    @Test
    void anIdBeyondAnyVocabularyIsRefused() throws IOException {
        Path file = file(tokenizer("<a>=2147483647"));

        assertThatThrownBy(() -> Tokenizer.load(file))
                .isInstanceOf(ModelException.class)
                .hasMessage(file + " has a token whose id is 2147483647; ids go up to 4194303 at most");
    }

    private Path file(ObjectNode json) throws IOException {
        return Files.writeString(folder.resolve("tokenizer.json"), json.toString());
    }

    private static ObjectNode tokenizer(String added) throws IOException {
        ObjectNode json = (ObjectNode) JSON.readTree(Fixtures.bytes("tokenizer.json"));
        ArrayNode tokens = json.putArray("added_tokens");
        for (String token : added.split(" ")) {
            int equals = token.lastIndexOf('=');
            String name = token.substring(0, equals);
            tokens.addObject()
                    .put("id", Integer.parseInt(token.substring(equals + 1)))
                    .put("content", name.replace("*", ""))
                    .put("special", name.endsWith("*"))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false);
        }
        return json;
    }
}
