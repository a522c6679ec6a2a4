package dev.apprentice.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A tokenizer.json and what it says about its ids. Every token has the id that the file says, in every layout: added tokens may
 * leave gaps, be out of order, occur in the vocabulary as well, or lie beyond it.
 *
 * @param path the file's path
 * @param largestId of all tokens, added ones included
 * @param specialIds of the tokens that are not text, such as the end-of-text
 * @param beginOfText ids before every text, according to the post-processor; mostly none, or one
 * @param json the whole file
 */
public record TokenizerJson(
        Path path, int largestId, Set<Integer> specialIds, List<Integer> beginOfText, ObjectNode json) {

    /** The largest id allowed: sixteen times the largest published vocabulary. */
    private static final int LARGEST_ID = (1 << 22) - 1;

    /**
     * @throws ModelException if the file is missing or no tokenizer, contradicts itself about an id, or has a part with which the
     *     native library could end the process
     */
    public static TokenizerJson read(Path path) {
        ObjectNode json = JsonFile.read(path).json();
        JsonNode vocabulary = json.path("model").path("vocab");
        if (!vocabulary.isContainerNode() || vocabulary.isEmpty()) {
            throw new ModelException(path + " has no vocabulary under 'model'; it is no Hugging Face tokenizer");
        }
        KnownPatterns.require(path, json);
        NativeLimits.require(path, json);
        Map<Integer, String> names = new HashMap<>();
        putVocabulary(path, vocabulary, names);
        Set<Integer> specialIds = new HashSet<>();
        for (JsonNode token : json.path("added_tokens")) {
            int id = id(path, token.path("id"));
            String name = token.path("content").asText();
            requireSameId(path, vocabulary, name, id);
            put(path, names, id, name);
            if (token.path("special").asBoolean()) {
                specialIds.add(id);
            }
        }
        return new TokenizerJson(
                path,
                Collections.max(names.keySet()),
                Collections.unmodifiableSet(specialIds),
                BeginOfText.read(path, json.path("post_processor"), names.keySet()),
                json);
    }

    /** Adds the vocabulary. A BPE vocabulary maps tokens to ids; a unigram vocabulary lists its tokens in the order of their ids. */
    private static void putVocabulary(Path path, JsonNode vocabulary, Map<Integer, String> names) {
        if (vocabulary.isArray()) {
            for (int id = 0; id < vocabulary.size(); id++) {
                names.put(id, vocabulary.path(id).path(0).asText());
            }
        } else {
            vocabulary.fields().forEachRemaining(token -> put(path, names, id(path, token.getValue()), token.getKey()));
        }
    }

    private static void put(Path path, Map<Integer, String> names, int id, String name) {
        String other = names.put(id, name);
        if (other != null && !other.equals(name)) {
            throw new ModelException(path + " has two tokens with the id " + id + ", '" + other + "' and '" + name
                    + "'; give each an id of its own");
        }
    }

    private static void requireSameId(Path path, JsonNode vocabulary, String name, int id) {
        JsonNode other = vocabulary.path(name);
        if (other.isInt() && other.intValue() != id) {
            throw new ModelException(path + " has the token '" + name + "' with the id " + other + " in its vocabulary, and "
                    + id + " under 'added_tokens'; correct one of them");
        }
    }

    private static int id(Path path, JsonNode id) {
        if (!id.isInt() || id.intValue() < 0) {
            throw new ModelException(path + " has a token whose id is " + id + "; ids are whole numbers from 0");
        }
        if (id.intValue() > LARGEST_ID) {
            throw new ModelException(
                    path + " has a token whose id is " + id + "; ids go up to " + LARGEST_ID + " at most");
        }
        return id.intValue();
    }

    /** Returns the id of the token with this name; empty if there is none. */
    public OptionalInt id(String name) {
        for (JsonNode token : json.path("added_tokens")) {
            if (token.path("content").asText().equals(name)) {
                return OptionalInt.of(token.path("id").intValue());
            }
        }
        JsonNode vocabulary = json.path("model").path("vocab");
        if (vocabulary.isObject()) {
            return vocabulary.path(name).isInt() ? OptionalInt.of(vocabulary.path(name).intValue()) : OptionalInt.empty();
        }
        for (int id = 0; id < vocabulary.size(); id++) {
            if (vocabulary.path(id).path(0).asText().equals(name)) {
                return OptionalInt.of(id);
            }
        }
        return OptionalInt.empty();
    }

    /** Returns the name of the token with this id; empty if there is none. */
    public Optional<String> name(int id) {
        for (JsonNode token : json.path("added_tokens")) {
            if (token.path("id").intValue() == id) {
                return Optional.of(token.path("content").asText());
            }
        }
        JsonNode vocabulary = json.path("model").path("vocab");
        if (vocabulary.isArray()) {
            return Optional.ofNullable(vocabulary.get(id)).map(token -> token.path(0).asText());
        }
        for (Iterator<Map.Entry<String, JsonNode>> tokens = vocabulary.fields(); tokens.hasNext(); ) {
            Map.Entry<String, JsonNode> token = tokens.next();
            if (token.getValue().intValue() == id) {
                return Optional.of(token.getKey());
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the tokenizer for ordinary text. Truncation and padding are removed, because they would lose or add tokens. The
     * post-processor is removed, because it would add special tokens and move offsets off the blanks. BPE dropout is removed,
     * because every call would differ. Special tokens are removed, so that their names in a text are ordinary text.
     *
     * @param ids translates ids, because the native library numbers added tokens differently from the file
     */
    String ordinary(TokenIds ids) {
        return text(ids, null);
    }

    /** Returns the tokenizer with special tokens under the secret names of {@code names}. */
    String marked(TokenIds ids, SpecialNames names) {
        return text(ids, names);
    }

    private String text(TokenIds ids, SpecialNames names) {
        ObjectNode ordinary = json.deepCopy();
        ordinary.putNull("truncation").putNull("padding").putNull("post_processor");
        if (ordinary.path("model") instanceof ObjectNode model) {
            if (model.has("dropout")) {
                model.putNull("dropout");
            }
            if (model.path("vocab") instanceof ObjectNode vocabulary) {
                ids.holes().forEach(vocabulary::put);
            }
        }
        if (ordinary.path("added_tokens") instanceof ArrayNode tokens) {
            for (Iterator<JsonNode> all = tokens.iterator(); all.hasNext(); ) {
                ObjectNode token = (ObjectNode) all.next();
                if (token.path("special").asBoolean()) {
                    if (names == null || names.hidden(token.path("content").asText()) == null) {
                        all.remove();
                    } else {
                        names.rename(token);
                    }
                }
            }
        }
        return ordinary.toString();
    }
}
