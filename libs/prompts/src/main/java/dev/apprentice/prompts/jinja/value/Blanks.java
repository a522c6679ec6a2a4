package dev.apprentice.prompts.jinja.value;

import java.util.function.IntPredicate;

/** White space as Python defines it. */
public final class Blanks {

    private Blanks() {}

    public static boolean isBlank(int character) {
        return Character.isWhitespace(character)
                || character == 0xA0
                || character == 0x85
                || character == 0x2007
                || character == 0x202F;
    }

    public static boolean isBlank(String text) {
        return text.chars().allMatch(Blanks::isBlank);
    }

    public static String stripTrailing(String text) {
        return text.substring(0, end(text, 0, Blanks::isBlank));
    }

    /** Returns the position of the first character that is kept. */
    public static int begin(String text, IntPredicate stripped) {
        int begin = 0;
        while (begin < text.length() && stripped.test(text.codePointAt(begin))) {
            begin += Character.charCount(text.codePointAt(begin));
        }
        return begin;
    }

    /** Returns the position after the last character that is kept, at least {@code from}. */
    public static int end(String text, int from, IntPredicate stripped) {
        int end = text.length();
        while (end > from && stripped.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return end;
    }
}
