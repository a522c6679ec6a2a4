package dev.apprentice.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * A tokenizer.json, and what it says about its ids.
 *
 * @param largestId of all tokens, added ones included
 * @param specialIds of the tokens that are no text, such as the end-of-text
 * @param json all of it
 */
record TokenizerJson(int largestId, Set<Integer> specialIds, ObjectNode json) {

    /** @throws ModelException if the file is missing or no tokenizer */
    static TokenizerJson read(Path path) {
        JsonFile file = JsonFile.read(path);
        ObjectNode json = file.json();
        JsonNode vocabulary = json.path("model").path("vocab");
        if (!vocabulary.isContainerNode() || vocabulary.isEmpty()) {
            throw new ModelException(path + " has no vocabulary under 'model'; it is no Hugging Face tokenizer");
        }
        int largestId = largestId(path, vocabulary);
        Set<Integer> specialIds = new HashSet<>();
        for (JsonNode token : json.path("added_tokens")) {
            int id = id(path, token.path("id"));
            largestId = Math.max(largestId, id);
            if (token.path("special").asBoolean()) {
                specialIds.add(id);
            }
        }
        return new TokenizerJson(largestId, Collections.unmodifiableSet(specialIds), json);
    }

    /** A BPE vocabulary maps tokens to ids; a unigram one lists its tokens in the order of their ids. */
    private static int largestId(Path path, JsonNode vocabulary) {
        if (vocabulary.isArray()) {
            return vocabulary.size() - 1;
        }
        int largest = 0;
        for (JsonNode id : vocabulary) {
            largest = Math.max(largest, id(path, id));
        }
        return largest;
    }

    private static int id(Path path, JsonNode id) {
        if (!id.isInt() || id.intValue() < 0) {
            throw new ModelException(path + " has a token whose id is " + id + "; ids are whole numbers from 0");
        }
        return id.intValue();
    }

    /**
     * The tokenizer for ordinary text: without truncation and padding, which would lose or add tokens; without the
     * post-processor, which would add special tokens and move offsets off the blanks; without BPE dropout, which would make
     * every call differ; and without special tokens, so that their names in a text are nothing but text.
     */
    String ordinary() {
        ObjectNode ordinary = json.deepCopy();
        ordinary.putNull("truncation").putNull("padding").putNull("post_processor");
        if (ordinary.path("model") instanceof ObjectNode model && model.has("dropout")) {
            model.putNull("dropout");
        }
        if (ordinary.path("added_tokens") instanceof ArrayNode tokens) {
            for (Iterator<JsonNode> token = tokens.iterator(); token.hasNext(); ) {
                if (token.next().path("special").asBoolean()) {
                    token.remove();
                }
            }
        }
        return ordinary.toString();
    }
}
