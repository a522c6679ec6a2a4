package dev.apprentice.prompts.jinja.operation;

import dev.apprentice.prompts.jinja.value.Blanks;
import dev.apprentice.prompts.jinja.value.Budget;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.jinja.value.Text;
import dev.apprentice.prompts.jinja.value.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Splits strings into parts, as Python does. */
public final class Splits {

    private static final String LINE_ENDS = "\n\r\u000B\f\u001C\u001D\u001E\u0085\u2028\u2029";

    private Splits() {}

    /**
     * Splits a string at a separator.
     *
     * @param separator null for any white space
     */
    public static List<Object> split(Text text, Text separator, int most, Budget budget) {
        List<Object> parts = new ArrayList<>();
        String value = text.toString();
        budget.requireSize(value.length());
        if (separator == null) {
            return words(text, most, parts);
        }
        requireSome(separator);
        int from = 0;
        for (int at = value.indexOf(separator.toString()); at >= 0 && (most < 0 || parts.size() < most); ) {
            parts.add(text.part(from, at));
            from = at + separator.length();
            at = value.indexOf(separator.toString(), from);
        }
        parts.add(text.part(from, value.length()));
        return parts;
    }

    private static List<Object> words(Text text, int most, List<Object> parts) {
        String value = text.toString();
        int at = 0;
        while (true) {
            while (at < value.length() && Blanks.isBlank(value.charAt(at))) {
                at++;
            }
            if (at == value.length()) {
                return parts;
            }
            if (most >= 0 && parts.size() == most) {
                parts.add(text.part(at, Blanks.end(value, at, Blanks::isBlank)));
                return parts;
            }
            int end = at;
            while (end < value.length() && !Blanks.isBlank(value.charAt(end))) {
                end++;
            }
            parts.add(text.part(at, end));
            at = end;
        }
    }

    static List<Object> splitFromEnd(Text text, Text separator, int most, Budget budget) {
        if (most < 0 || separator == null) {
            return split(text, separator, -1, budget);
        }
        requireSome(separator);
        List<Object> parts = new ArrayList<>();
        int to = text.length();
        for (int at = text.toString().lastIndexOf(separator.toString()); at >= 0 && parts.size() < most; ) {
            parts.add(text.part(at + separator.length(), to));
            to = at;
            at = at == 0 ? -1 : text.toString().lastIndexOf(separator.toString(), at - separator.length());
        }
        parts.add(text.part(0, to));
        Collections.reverse(parts);
        return parts;
    }

    public static List<Object> lines(Text text, boolean endsKept, Budget budget) {
        budget.requireSize(text.length());
        List<Object> lines = new ArrayList<>();
        String value = text.toString();
        for (int from = 0; from < value.length(); ) {
            int end = from;
            while (end < value.length() && LINE_ENDS.indexOf(value.charAt(end)) < 0) {
                end++;
            }
            int next = Math.min(value.length(), end + (value.startsWith("\r\n", end) ? 2 : 1));
            lines.add(text.part(from, endsKept ? next : end));
            from = next;
        }
        return lines;
    }

    static Tuple partition(Text text, Text separator, boolean last) {
        requireSome(separator);
        String value = text.toString();
        int at = last ? value.lastIndexOf(separator.toString()) : value.indexOf(separator.toString());
        if (at < 0) {
            return last ? Tuple.of(Text.EMPTY, Text.EMPTY, text) : Tuple.of(text, Text.EMPTY, Text.EMPTY);
        }
        return Tuple.of(text.part(0, at), separator, text.part(at + separator.length(), value.length()));
    }

    private static void requireSome(Text separator) {
        if (separator.isEmpty()) {
            throw new TemplateException("the separator is empty");
        }
    }
}
