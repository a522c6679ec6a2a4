package dev.apprentice.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.prompts.PromptText;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Distinguishes the special tokens that a template writes from equal text of a user. It replaces the template's with secret names
 * before the native library sees the text.
 *
 * <pre>
 * text, template's words in [ ]     [&lt;|user|>]say &lt;|user|>[&lt;|end|>]
 * what the library sees             \uE00071\uE001say &lt;|user|>\uE00072\uE001
 * </pre>
 */
final class SpecialNames {

    private static final char BEGIN = '\uE000';
    private static final char END = '\uE001';

    private final Map<String, String> hidden = new LinkedHashMap<>();
    private final List<String> longestFirst;
    private final BitSet beginnings = new BitSet();

    SpecialNames(TokenizerJson tokenizer) {
        long secret = new SecureRandom().nextLong() >>> 1;
        List<String> names = new ArrayList<>();
        for (JsonNode token : tokenizer.json().path("added_tokens")) {
            String name = token.path("content").asText();
            if (token.path("special").asBoolean() && !name.isEmpty() && !hidden.containsKey(name)) {
                hidden.put(name, BEGIN + String.valueOf(secret) + names.size() + END);
                names.add(name);
            }
        }
        names.forEach(name -> beginnings.set(name.charAt(0)));
        longestFirst = names.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }

    /** Returns the secret name of a special token. */
    String hidden(String name) {
        return hidden.get(name);
    }

    /** Renames a token in a tokenizer.json. */
    void rename(ObjectNode token) {
        token.put("content", hidden(token.path("content").asText())).put("normalized", false);
    }

    /**
     * A text with its template's special tokens renamed.
     *
     * @param text with the secret names
     * @param position the new place of the requested position, in UTF-16 units
     * @param found whether there was any special token
     */
    record Renamed(String text, int position, boolean found) {}

    Renamed rename(PromptText prompt, int position) {
        if (!isInTemplate(prompt)) {
            return new Renamed(prompt.text(), position, false);
        }
        StringBuilder renamed = new StringBuilder();
        String text = prompt.text();
        int moved = -1;
        int span = 0;
        boolean found = false;
        for (int at = 0; at < text.length(); ) {
            if (at >= position && moved < 0) {
                moved = renamed.length();
            }
            while (span < prompt.template().size() && prompt.template().get(span + 1) <= at) {
                span += 2;
            }
            boolean template = span < prompt.template().size() && prompt.template().get(span) <= at;
            String name = template ? nameAt(text, at, prompt.template().get(span + 1)) : null;
            if (name == null) {
                renamed.append(text.charAt(at++));
            } else {
                found = true;
                renamed.append(hidden(name));
                at += name.length();
            }
        }
        return new Renamed(renamed.toString(), moved < 0 ? renamed.length() : moved, found);
    }

    private boolean isInTemplate(PromptText prompt) {
        for (int span = 0; span < prompt.template().size(); span += 2) {
            int end = prompt.template().get(span + 1);
            for (int at = prompt.template().get(span); at < end; at++) {
                if (nameAt(prompt.text(), at, end) != null) {
                    return true;
                }
            }
        }
        return false;
    }

    private String nameAt(String text, int at, int end) {
        if (!beginnings.get(text.charAt(at))) {
            return null;
        }
        for (String name : longestFirst) {
            if (at + name.length() <= end && text.startsWith(name, at)) {
                return name;
            }
        }
        return null;
    }
}
