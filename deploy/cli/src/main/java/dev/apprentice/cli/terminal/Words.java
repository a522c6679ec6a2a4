package dev.apprentice.cli.terminal;

import dev.apprentice.contracts.Shortened;

/** Makes text of any content safe and short enough for a line. */
public final class Words {

    private Words() {}

    /**
     * Replaces control characters except newline and tab, which could move the cursor or change colours, since the text may come
     * from anywhere.
     */
    public static String harmless(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\n\\t]]", "\uFFFD");
    }

    /** Returns the text on one line: white space and control characters become spaces, and the end is truncated to fit. */
    public static String oneLine(String text, int width) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        if (line.isEmpty()) {
            return "(nothing)";
        }
        return Shortened.to(width, line);
    }

    /** Returns a count with its noun: {@code 1 entry}, {@code 2 entries}. */
    public static String counted(int count, String thing) {
        String several = thing.endsWith("y") ? thing.substring(0, thing.length() - 1) + "ies" : thing + "s";
        return count + " " + (count == 1 ? thing : several);
    }

    /** Returns the words with a capital at the beginning, unless they begin with a name, such as a file's or {@code hf:a/b}. */
    private static String capitalised(String words) {
        return words.matches("(?s)[a-z]+ .*") ? Character.toUpperCase(words.charAt(0)) + words.substring(1) : words;
    }

    /** Returns the words with a full stop at the end. */
    public static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }

    /** Returns an exception's message as a sentence, with a capital letter and a full stop. */
    public static String sentence(Exception e) {
        return sentence(capitalised(e.getMessage()));
    }
}
