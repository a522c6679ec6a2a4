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
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiBorderTest {

    private static final int[] HELLO = {71, 68, 75, 75, 78};

    @TempDir
    Path folder;

    @Test
    void agreesWithTheNativeLibrarysOffsetsAtEveryCharacter() throws IOException {
        TokenizerJson json = TokenizerJson.read(Fixtures.large("gpt2-tokenizer/tokenizer.json"));
        AsciiBorder border = AsciiBorder.of(json);
        JsonNode examples = new ObjectMapper().readTree(Fixtures.large("data/instruction-data.json").toFile());
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json.ordinary(new TokenIds(json)).getBytes(StandardCharsets.UTF_8)),
                Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"))) {
            int compared = 0;
            for (int i = 0; i < 50; i++) {
                String text = examples.get(i).path("instruction").textValue() + "\n\n  "
                        + examples.get(i).path("output").textValue();
                if (StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
                    requireAgreement(border, text, tokenizer);
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(40);
        }
    }

    private static void requireAgreement(AsciiBorder border, String text, HuggingFaceTokenizer tokenizer) {
        try (NativeEncoding encoding = NativeEncoding.of(tokenizer, text)) {
            int[] ids = LongStream.of(encoding.ids()).mapToInt(Math::toIntExact).toArray();
            for (int at = 0; at <= text.length(); at++) {
                assertThat(border.tokensBefore(at, text, ids)).hasValue(encoding.tokensBefore(at));
            }
        }
    }

    @Test
    void doesNotTellWhereATextIsMoreThanAscii() throws IOException {
        assertThat(border("", "").tokensBefore(2, "hellö", HELLO)).isEmpty();
    }

    @Test
    void doesNotTellWhereTheNamesDoNotAddUpToTheText() throws IOException {
        assertThat(border("", "").tokensBefore(2, "hello!", HELLO)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"normalizer\": null', '\"normalizer\": {\"type\": \"NFC\"}', true",
        "'\"normalizer\": null', '\"normalizer\": {\"type\": \"Lowercase\"}', false",
        "'\"add_prefix_space\": false', '\"add_prefix_space\": true', false",
        "'\"pre_tokenizer\": {', '\"pre_tokenizer\": null, \"another\": {', false",
    })
    void tellsOnlyWithByteLevelTokensOfUnchangedText(String from, String to, boolean tells) throws IOException {
        assertThat(border(from, to).tokensBefore(2, "hello", HELLO).isPresent()).isEqualTo(tells);
    }

    private AsciiBorder border(String from, String to) throws IOException {
        String json = new String(Fixtures.bytes("tokenizer.json"), StandardCharsets.UTF_8);
        assertThat(json).contains(from);
        return AsciiBorder.of(TokenizerJson.read(Files.writeString(folder.resolve("tokenizer.json"), json.replace(from, to))));
    }
}
