package dev.apprentice.model.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import dev.apprentice.model.tokenizer.TokenizerJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds the ids that end a text, as transformers does: in generation_config.json first, then in config.json. If there are several,
 * rows end with the {@code eos_token} of tokenizer_config.json if it is among them, otherwise with the first.
 */
final class EndsOfText {

    private static final String FIELD = "eos_token_id";

    private EndsOfText() {}

    /**
     * @param generation generation_config.json, if there is one
     * @param tokenizer tokenizer_config.json, if there is one
     * @return at least one id; the first is the one that rows end with
     * @throws ModelException if neither file has one, or one is not in the vocabulary
     */
    static List<Integer> read(
            JsonFile config,
            Optional<JsonFile> generation,
            Optional<JsonFile> tokenizer,
            TokenizerJson tokens,
            int vocabularySize) {
        JsonFile file = generation.filter(settings -> settings.field(FIELD).isPresent()).orElse(config);
        Set<Integer> ids = new LinkedHashSet<>(ids(file, vocabularySize));
        OptionalInt named = tokenizer.map(settings -> endToken(settings, tokens)).orElse(OptionalInt.empty());
        if (named.isPresent() && ids.remove(named.getAsInt())) {
            List<Integer> ordered = new ArrayList<>(ids);
            ordered.add(0, named.getAsInt());
            return List.copyOf(ordered);
        }
        return List.copyOf(ids);
    }

    private static List<Integer> ids(JsonFile file, int vocabularySize) {
        JsonNode node = file.field(FIELD)
                .orElseThrow(() -> new ModelException(
                        file.path() + " lacks the field '" + FIELD + "', the id of the token that ends a text"));
        List<Integer> ids = new ArrayList<>();
        for (JsonNode id : node.isArray() ? node : List.of(node)) {
            if (!id.isInt() || id.intValue() < 0 || id.intValue() >= vocabularySize) {
                throw wrong(file, node, vocabularySize);
            }
            ids.add(id.intValue());
        }
        if (ids.isEmpty()) {
            throw wrong(file, node, vocabularySize);
        }
        return ids;
    }

    private static ModelException wrong(JsonFile file, JsonNode node, int vocabularySize) {
        return file.wrong(FIELD, node, "a token id below vocab_size, which is " + vocabularySize);
    }

    /** Returns the id of the {@code eos_token}, which is a text or an object that holds the text. */
    private static OptionalInt endToken(JsonFile tokenizer, TokenizerJson tokens) {
        return tokenizer.field("eos_token")
                .map(token -> tokens.id(token.isObject() ? token.path("content").asText() : token.asText()))
                .orElse(OptionalInt.empty());
    }
}
