package dev.apprentice.cli.terminal;

/** Text of unknown content, made fit for a line. */
public final class Words {

    private Words() {}

    /** As it is, but for what could move the cursor or change colours: such text may come from anywhere. */
    public static String harmless(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\n\\t]]", "\uFFFD");
    }

    /** On one line: white space and control characters become spaces; what does not fit is cut. */
    public static String oneLine(String text, int width) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        if (line.isEmpty()) {
            return "(nothing)";
        }
        return line.length() <= width ? line : line.substring(0, width - 1) + "…";
    }

    /** A number of things: {@code 1 entry}, {@code 2 entries}. */
    public static String counted(int count, String thing) {
        String several = thing.endsWith("y") ? thing.substring(0, thing.length() - 1) + "ies" : thing + "s";
        return count + " " + (count == 1 ? thing : several);
    }

    /** With a full stop at the end, so that more can follow. */
    public static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }
}
