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
        if (separator == null) {
            return words(text, most, budget);
        }
        requireSome(separator);
        String value = text.toString();
        budget.search(value.length(), separator.length());
        Parts parts = new Parts(text, budget);
        int from = 0;
        for (int at = value.indexOf(separator.toString()); at >= 0 && (most < 0 || parts.size() < most); ) {
            parts.add(from, at);
            from = at + separator.length();
            at = value.indexOf(separator.toString(), from);
        }
        return parts.add(from, value.length()).list;
    }

    private static List<Object> words(Text text, int most, Budget budget) {
        String value = text.toString();
        Parts parts = new Parts(text, budget);
        int at = skip(value, 0, true);
        while (at < value.length() && (most < 0 || parts.size() < most)) {
            int end = skip(value, at, false);
            parts.add(at, end);
            at = skip(value, end, true);
        }
        return at < value.length() ? parts.add(at, value.length()).list : parts.list;
    }

    /** Returns where the blanks, or the characters that are none, from a position on end. */
    private static int skip(String value, int from, boolean blanks) {
        int at = from;
        while (at < value.length() && Blanks.isBlank(value.charAt(at)) == blanks) {
            at++;
        }
        return at;
    }

    /** As {@link #split}, but the parts are counted from the end, so the first part is the one that is not split. */
    static List<Object> splitFromEnd(Text text, Text separator, int most, Budget budget) {
        if (most < 0) {
            return split(text, separator, -1, budget);
        }
        if (separator == null) {
            return wordsFromEnd(text, most, budget);
        }
        requireSome(separator);
        budget.search(text.length(), separator.length());
        Parts parts = new Parts(text, budget);
        int to = text.length();
        for (int at = text.toString().lastIndexOf(separator.toString()); at >= 0 && parts.size() < most; ) {
            parts.add(at + separator.length(), to);
            to = at;
            at = at == 0 ? -1 : text.toString().lastIndexOf(separator.toString(), at - separator.length());
        }
        return parts.add(0, to).reversed();
    }

    private static List<Object> wordsFromEnd(Text text, int most, Budget budget) {
        String value = text.toString();
        Parts parts = new Parts(text, budget);
        int end = skipBack(value, value.length(), true);
        while (end > 0 && parts.size() < most) {
            int begin = skipBack(value, end, false);
            parts.add(begin, end);
            end = skipBack(value, begin, true);
        }
        return end > 0 ? parts.add(0, end).reversed() : parts.reversed();
    }

    private static int skipBack(String value, int to, boolean blanks) {
        int at = to;
        while (at > 0 && Blanks.isBlank(value.charAt(at - 1)) == blanks) {
            at--;
        }
        return at;
    }

    public static List<Object> lines(Text text, boolean endsKept, Budget budget) {
        Parts lines = new Parts(text, budget);
        String value = text.toString();
        for (int from = 0; from < value.length(); ) {
            int end = from;
            while (end < value.length() && LINE_ENDS.indexOf(value.charAt(end)) < 0) {
                end++;
            }
            int next = Math.min(value.length(), end + (value.startsWith("\r\n", end) ? 2 : 1));
            lines.add(from, endsKept ? next : end);
            from = next;
        }
        return lines.list;
    }

    static Tuple partition(Text text, Text separator, boolean last, Budget budget) {
        requireSome(separator);
        budget.search(text.length(), separator.length());
        budget.part(text, text.length());
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

    /** Parts of a text, each of which the budget counts. */
    private static final class Parts {

        private final Text text;
        private final Budget budget;
        private final List<Object> list = new ArrayList<>();

        Parts(Text text, Budget budget) {
            this.text = text;
            this.budget = budget;
            budget.work(text.length());
        }

        int size() {
            return list.size();
        }

        Parts add(int from, int to) {
            budget.part(text, to - from);
            list.add(text.part(from, to));
            return this;
        }

        List<Object> reversed() {
            Collections.reverse(list);
            return list;
        }
    }
}
