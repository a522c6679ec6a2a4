package dev.apprentice.model.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.json.JsonFile;
import dev.apprentice.model.tokenizer.TokenizerJson;
import java.util.stream.Collectors;

/**
 * The tokens before and after a text, by name, as a chat template writes them.
 *
 * @param beginOfText such as {@code <s>}; empty if nothing precedes a text
 * @param endOfText such as {@code </s>}; empty if the tokenizer has no such token
 */
public record TextBorders(String beginOfText, String endOfText) {

    private static final String ADD_BEGIN = "add_bos_token";
    private static final String END = "eos_token";

    static TextBorders of(TokenizerJson tokens, int endOfText) {
        return new TextBorders(
                tokens.beginOfText().stream().map(id -> tokens.name(id).orElseThrow()).collect(Collectors.joining()),
                tokens.name(endOfText).orElse(""));
    }

    private boolean contradicts(JsonFile tokenizer) {
        JsonNode add = tokenizer.json().path(ADD_BEGIN);
        return add.isBoolean() && add.booleanValue() == beginOfText.isEmpty();
    }

    /**
     * Logs a warning if tokenizer_config.json and tokenizer.json disagree about the begin-of-text. tokenizer.json takes
     * precedence.
     */
    void warn(JsonFile tokenizer) {
        if (contradicts(tokenizer)) {
            tokenizer.warn("'" + ADD_BEGIN + "' is " + tokenizer.json().path(ADD_BEGIN) + ", but the post_processor of"
                    + " tokenizer.json begins texts with "
                    + (beginOfText.isEmpty() ? "nothing" : "'" + beginOfText + "'")
                    + ". The post_processor takes precedence, as in transformers 5, for training, answers and saved files");
        }
    }

    /**
     * Corrects a copy of tokenizer_config.json to what is done here.
     *
     * @return whether anything changed
     */
    boolean correct(JsonFile copy) {
        ObjectNode json = copy.json();
        boolean otherBegin = contradicts(copy);
        if (otherBegin) {
            json.put(ADD_BEGIN, !beginOfText.isEmpty());
        }
        JsonNode end = json.path(END);
        boolean otherEnd = !endOfText.isEmpty()
                && !end.isMissingNode()
                && !(end.isObject() ? end.path("content") : end).asText().equals(endOfText);
        if (otherEnd) {
            json.put(END, endOfText);
        }
        return otherBegin || otherEnd;
    }
}
