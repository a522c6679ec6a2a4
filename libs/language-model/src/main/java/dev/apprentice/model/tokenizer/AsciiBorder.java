package dev.apprentice.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Counts the tokens of a prompt by the lengths of their names, where possible. In byte-level BPE, a token's name has one character
 * for each byte, and in ASCII a byte is a character. Querying the native library for every token's offsets would take a third of
 * all tokenisation time.
 */
final class AsciiBorder {

    /** Normalizers that do not change ASCII. */
    private static final Set<String> HARMLESS_NORMALIZERS = Set.of("NFC", "NFD", "NFKC", "NFKD");

    private final int[] lengths;

    private AsciiBorder(int[] lengths) {
        this.lengths = lengths;
    }

    static AsciiBorder of(TokenizerJson tokenizer) {
        ObjectNode json = tokenizer.json();
        if (!isByteLevel(json.path("pre_tokenizer")) || !isHarmless(json.path("normalizer"))) {
            return new AsciiBorder(new int[0]);
        }
        int[] lengths = new int[tokenizer.largestId() + 1];
        for (Iterator<Map.Entry<String, JsonNode>> entries = json.path("model").path("vocab").fields(); entries.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = entries.next();
            lengths[entry.getValue().intValue()] = entry.getKey().length();
        }
        for (JsonNode added : json.path("added_tokens")) {
            lengths[added.path("id").intValue()] = added.path("content").asText().length();
        }
        return new AsciiBorder(lengths);
    }

    private static boolean isByteLevel(JsonNode preTokenizer) {
        return preTokenizer.findParents("type").stream()
                .anyMatch(step -> step.path("type").asText().equals("ByteLevel")
                        && !step.path("add_prefix_space").asBoolean());
    }

    private static boolean isHarmless(JsonNode normalizer) {
        return normalizer.isNull() || normalizer.isMissingNode()
                || HARMLESS_NORMALIZERS.contains(normalizer.path("type").asText());
    }

    /**
     * Returns the number of tokens that begin before the border.
     *
     * @param border the number of the text's characters that belong to the prompt
     * @return empty if the names do not tell: the text is not ASCII, or the names' lengths do not add up to its length
     */
    OptionalInt tokensBefore(int border, String text, int[] ids) {
        if (lengths.length == 0 || !isAscii(text)) {
            return OptionalInt.empty();
        }
        int begin = 0;
        int count = 0;
        for (int id : ids) {
            if (begin < border) {
                count++;
            }
            begin += lengths[id];
        }
        return begin == text.length() ? OptionalInt.of(count) : OptionalInt.empty();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
