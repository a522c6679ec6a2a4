package dev.apprentice.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Refuses parts of a tokenizer.json with which the native library ends the whole process, as fuzzing has shown. No published
 * GPT-2, GPT-NeoX, Llama or Qwen2 model needs any of them.
 */
final class NativeLimits {

    private static final Set<String> UNSAFE = Set.of("Precompiled", "FixedLength", "UnicodeScripts");

    /** Normalizers that may reduce an added token to nothing if the token is matched in the normalized text. */
    private static final Set<String> SHORTENING = Set.of("Strip", "StripAccents", "BertNormalizer");

    private NativeLimits() {}

    /** @throws ModelException naming the part */
    static void require(Path path, ObjectNode tokenizer) {
        for (String part : List.of("normalizer", "pre_tokenizer")) {
            for (JsonNode step : steps(tokenizer.path(part)).toList()) {
                String type = step.path("type").asText();
                if (UNSAFE.contains(type) || part.equals("normalizer") && SHORTENING.contains(type) && normalizesTokens(tokenizer)) {
                    throw refused(path, "the " + part + " '" + type + "'");
                }
            }
        }
        for (JsonNode step : steps(tokenizer.path("decoder")).toList()) {
            if (step.path("type").asText().equals("Strip") && step.path("stop").asLong() != 0) {
                throw refused(path, "a decoder that strips the end of a token");
            }
        }
        if (!tokenizer.path("model").path("continuing_subword_prefix").asText("").isEmpty()
                && tokenizer.path("model").path("type").asText("BPE").equals("BPE")) {
            throw refused(path, "a BPE model with a 'continuing_subword_prefix'");
        }
    }

    /** Returns the part and all steps within it. */
    private static Stream<JsonNode> steps(JsonNode part) {
        Stream<JsonNode> within = StreamSupport.stream(part.spliterator(), false).flatMap(NativeLimits::steps);
        return Stream.concat(Stream.of(part), within);
    }

    private static boolean normalizesTokens(ObjectNode tokenizer) {
        return StreamSupport.stream(tokenizer.path("added_tokens").spliterator(), false)
                .anyMatch(token -> !token.path("special").asBoolean() && token.path("normalized").asBoolean(true));
    }

    private static ModelException refused(Path path, String what) {
        return new ModelException(path + " has " + what + ", which can crash the native library and with it the whole process; use a"
                + " tokenizer without it, such as the byte-level ones of GPT-2, Llama 3 and Qwen2");
    }
}
