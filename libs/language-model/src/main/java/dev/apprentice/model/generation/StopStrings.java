package dev.apprentice.model.generation;

import java.util.List;
import java.util.Optional;

/**
 * Passes text through up to the first stop string, and holds back what may still become one. The first stop string is the one that
 * is complete first; of two that end at one place it is the longer. So the result does not depend on how the text was split.
 */
final class StopStrings {

    private final List<String> strings;
    private String held = "";
    private Optional<String> found = Optional.empty();

    StopStrings(List<String> strings) {
        this.strings = strings;
    }

    /**
     * Takes more text.
     *
     * @return the part of it, and of what was held back, that is certainly before any stop string
     */
    String push(String more) {
        String text = held + more;
        int begin = text.length();
        int end = Integer.MAX_VALUE;
        for (String string : strings) {
            int at = text.indexOf(string);
            boolean isFirst = at >= 0 && (at + string.length() < end || at + string.length() == end && at < begin);
            if (isFirst) {
                begin = at;
                end = at + string.length();
                found = Optional.of(string);
            }
        }
        int certain = found.isPresent() ? begin : text.length() - longestBeginning(text);
        held = found.isPresent() ? "" : text.substring(certain);
        return text.substring(0, certain);
    }

    /** Returns how many characters at the end of the text are the beginning of a stop string. */
    private int longestBeginning(String text) {
        int longest = 0;
        for (String string : strings) {
            for (int length = Math.min(string.length() - 1, text.length()); length > longest; length--) {
                if (text.regionMatches(text.length() - length, string, 0, length)) {
                    longest = length;
                }
            }
        }
        return longest;
    }

    /** Returns what was held back, because no more text follows. */
    String end() {
        String rest = held;
        held = "";
        return rest;
    }

    /** Returns the stop string that ended the text, if one did. */
    Optional<String> found() {
        return found;
    }
}
