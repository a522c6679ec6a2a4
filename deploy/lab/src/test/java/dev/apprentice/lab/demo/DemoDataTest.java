package dev.apprentice.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.testkit.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoDataTest {

    @ParameterizedTest
    @ValueSource(strings = {"instructions.json", "model/tokenizer.json"})
    void theBundledFileIsWhatTheGeneratorMakes(String file) throws IOException {
        assertThat(bundled(file))
                .as("run ./apprentice-lab demo-data and commit what it writes")
                .isEqualTo(DemoData.files().get(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"normalizer", "pre_tokenizer", "post_processor", "decoder", "truncation", "padding"})
    void theTokenizerWorksOnTextAsOneWrittenByHuggingFaceDoes(String part) throws IOException {
        JsonNode published = Json.MAPPER.readTree(Fixtures.bytes("tokenizer.json"));

        assertThat(tokenizer().get(part)).isEqualTo(published.get(part));
    }

    @Test
    void everyMergeJoinsTwoSymbolsOfTheVocabularyIntoAThird() throws IOException {
        JsonNode vocabulary = tokenizer().at("/model/vocab");

        assertThat(tokenizer().at("/model/merges")).isNotEmpty().allSatisfy(merge -> {
            String[] symbols = merge.asText().split(" ");
            assertThat(symbols).hasSize(2).allMatch(vocabulary::has);
            assertThat(vocabulary.has(symbols[0] + symbols[1])).isTrue();
        });
    }

    @Test
    void theIdsHaveNoGapAndEndWithTheEndOfText() throws IOException {
        Set<Integer> ids = new HashSet<>();
        tokenizer().at("/model/vocab").forEach(id -> ids.add(id.asInt()));

        assertThat(ids).hasSize(1200).allMatch(id -> id >= 0 && id < 1200);
        assertThat(tokenizer().at("/model/vocab/<|endoftext|>").asInt()).isEqualTo(1199);
        assertThat(tokenizer().at("/added_tokens/0/id").asInt()).isEqualTo(1199);
    }

    @Test
    void theModelFitsTheTokenizer() throws IOException {
        JsonNode config = Json.MAPPER.readTree(bundled("model/config.json"));
        JsonNode generation = Json.MAPPER.readTree(bundled("model/generation_config.json"));

        assertThat(config.get("vocab_size").asInt()).isEqualTo(tokenizer().at("/model/vocab").size());
        assertThat(config.get("eos_token_id").asInt()).isEqualTo(tokenizer().at("/added_tokens/0/id").asInt());
        assertThat(generation.get("eos_token_id")).isEqualTo(config.get("eos_token_id"));
    }

    @Test
    void theWeightsAreThoseOfTheirCardAndSmall() throws Exception {
        byte[] weights;
        try (InputStream in = DemoDataTest.class.getResourceAsStream("/demo/model/model.safetensors")) {
            weights = in.readAllBytes();
        }
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights));

        assertThat(bundled("model/README.md")).contains("SHA-256 `" + digest.substring(0, 8) + "…`");
        assertThat(weights).hasSizeLessThan(8_000_000);
    }

    private static JsonNode tokenizer() throws IOException {
        return Json.MAPPER.readTree(bundled("model/tokenizer.json"));
    }

    private static String bundled(String file) throws IOException {
        try (InputStream in = DemoDataTest.class.getResourceAsStream("/demo/" + file)) {
            assertThat(in).as("resource demo/%s", file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
