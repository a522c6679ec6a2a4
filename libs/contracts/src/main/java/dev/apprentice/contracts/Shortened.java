package dev.apprentice.contracts;

/** Shortens texts for messages, log lines and fields of bounded length. */
public final class Shortened {

    private Shortened() {}

    /**
     * Returns the text, or if it is too long, its beginning and "…". A surrogate pair is never split.
     *
     * @param most the most characters of the result in UTF-16 units, at least 1
     */
    public static String to(int most, String text) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
