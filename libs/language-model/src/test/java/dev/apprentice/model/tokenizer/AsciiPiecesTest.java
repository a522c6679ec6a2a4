package dev.apprentice.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.apprentice.testkit.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiPiecesTest {

    /** GPT-2's published pattern, with Java's names for its character classes. */
    private static final Pattern PUBLISHED = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{IsLetter}+| ?\\p{N}+"
                    + "| ?[^\\p{IsWhite_Space}\\p{IsLetter}\\p{N}]+|\\p{IsWhite_Space}+(?!\\P{IsWhite_Space})|\\p{IsWhite_Space}+");

    @TempDir
    Path folder;

    @Test
    void cutsAsThePublishedPatternDoes() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random, "ab zAZ09'\n\t!?.-_sdmtrevl \u0001\u001c");
            assertThat(pieces(text)).as(text).isEqualTo(published(text));
        }
    }

    @Test
    void theTokensAreThoseOfTheNativeLibrary() throws IOException {
        TokenizerJson json = TokenizerJson.read(Fixtures.large("gpt2-tokenizer/tokenizer.json"));
        JsonNode examples = new ObjectMapper().readTree(Fixtures.large("data/instruction-data.json").toFile());
        Random random = new Random(2);
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json.ordinary(new TokenIds(json)).getBytes(StandardCharsets.UTF_8)),
                Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"))) {
            AsciiPieces pieces = AsciiPieces.of(json, text -> natively(tokenizer, text)).orElseThrow();
            List<String> texts = new ArrayList<>();
            examples.forEach(example -> texts.add(example.path("instruction").textValue() + "\n\n" + example.path("output").textValue()));
            for (int i = 0; i < 2_000; i++) {
                texts.add(text(random, "the and ing er 's 've'll  \n\n<|endoftext|>0123456789(){}[]=>\t"));
            }
            int told = 0;
            for (String text : texts) {
                if (pieces.encode(text).isPresent()) {
                    assertThat(pieces.encode(text).get()).as(text).isEqualTo(natively(tokenizer, text));
                    told++;
                }
            }
            assertThat(told).isGreaterThan(3_000);
        }
    }

    @Test
    void textsBeyondAsciiAreLeftToTheNativeLibrary() throws IOException {
        AsciiPieces pieces = AsciiPieces.of(json("", ""), text -> new int[] {text.length()}).orElseThrow();
        assertThat(pieces.encode("plain text").orElseThrow()).containsExactly(5, 5);
        for (String text : List.of("h\u00e4", "\u00e4h", "a \u00e4", "a\u00a0b", "1\u00b2", "!\u2026", "a\u2028")) {
            assertThat(pieces.encode(text)).as(text).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\"normalizer\": null', '\"normalizer\": {\"type\": \"Lowercase\"}'",
        "'\"add_prefix_space\": false', '\"add_prefix_space\": true'",
        "'\"use_regex\": true', '\"use_regex\": false'",
        "'\"pre_tokenizer\": {', '\"pre_tokenizer\": null, \"another\": {'",
        "'\"special\": true', '\"special\": false'",
    })
    void tokenizersThatCutDifferentlyAreLeftToTheNativeLibrary(String from, String to) throws IOException {
        assertThat(AsciiPieces.of(json(from, to), text -> new int[0])).isEmpty();
    }

    private TokenizerJson json(String from, String to) throws IOException {
        String json = new String(Fixtures.bytes("tokenizer.json"), StandardCharsets.UTF_8);
        assertThat(json).contains(from);
        return TokenizerJson.read(Files.writeString(folder.resolve("tokenizer.json"), json.replace(from, to)));
    }

    private static int[] natively(HuggingFaceTokenizer tokenizer, String text) {
        try (NativeEncoding encoding = NativeEncoding.of(tokenizer, text)) {
            return LongStream.of(encoding.ids()).mapToInt(Math::toIntExact).toArray();
        }
    }

    private static String text(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(24);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int begin = 0; begin < text.length(); ) {
            int end = AsciiPieces.end(text, begin);
            pieces.add(text.substring(begin, end));
            begin = end;
        }
        return pieces;
    }

    private static List<String> published(String text) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = PUBLISHED.matcher(text);
        while (matcher.find()) {
            pieces.add(matcher.group());
        }
        return pieces;
    }
}
