package dev.apprentice.model.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.model.json.JsonFile;
import dev.apprentice.model.tokenizer.TokenizerJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tokenizer's special tokens, as chat templates name them.
 *
 * @param texts the tokens of tokenizer_config.json by the name that templates use, such as {@code eos_token}
 * @param names all special tokens
 */
public record TemplateTokens(Map<String, String> texts, List<String> names) {

    private static final List<String> CALLED =
            List.of("bos_token", "eos_token", "unk_token", "pad_token", "sep_token", "cls_token", "mask_token");

    static TemplateTokens of(TokenizerJson tokens, Optional<JsonFile> configuration) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String called : CALLED) {
            JsonNode token = configuration.map(file -> (JsonNode) file.json().path(called)).orElse(null);
            if (token != null && (token.isTextual() || token.path("content").isTextual())) {
                texts.put(called, token.isTextual() ? token.textValue() : token.path("content").textValue());
            }
        }
        List<String> names = new ArrayList<>();
        for (JsonNode token : tokens.json().path("added_tokens")) {
            if (token.path("special").asBoolean() && !token.path("content").asText().isEmpty()) {
                names.add(token.path("content").asText());
            }
        }
        return new TemplateTokens(Map.copyOf(texts), List.copyOf(names));
    }
}
