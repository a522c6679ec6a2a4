package dev.apprentice.model.generation;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Turns tokens into text one by one. A character may consist of several tokens, and a token's text may depend on the token before
 * it. So each token is decoded together with earlier ones, and its text is returned only once its last character is complete.
 */
final class TokenText {

    /** What decoding puts in place of bytes that are not, or not yet, a character. */
    private static final String REPLACEMENT = "\uFFFD";

    /** The most tokens of one character. Bytes that are no character after that many tokens never will be. */
    private static final int LONGEST_CHARACTER = 4;

    private final Function<int[], String> decode;
    private int[] ids = new int[16];
    private int length;
    private int context;
    private int read;

    /** @param decode returns the text of ids */
    TokenText(Function<int[], String> decode) {
        this.decode = decode;
    }

    /** @return the text that is complete with this token; empty if it is not complete yet */
    String push(int id) {
        if (length == ids.length) {
            ids = Arrays.copyOf(ids, 2 * length);
        }
        ids[length++] = id;
        String before = decode(context, read);
        String after = decode(context, length);
        boolean unfinished = after.endsWith(REPLACEMENT) && length - read < LONGEST_CHARACTER;
        if (unfinished || after.length() <= before.length()) {
            return "";
        }
        context = read;
        read = length;
        return after.substring(before.length());
    }

    /** Returns the rest of the text, incomplete characters included, because no more tokens follow. */
    String end() {
        String before = decode(context, read);
        String after = decode(context, length);
        context = length;
        read = length;
        return after.length() <= before.length() ? "" : after.substring(before.length());
    }

    private String decode(int from, int to) {
        return decode.apply(Arrays.copyOfRange(ids, from, to));
    }
}
