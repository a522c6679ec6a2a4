package dev.apprentice.dataset.datasets.reading.text;

import java.util.Arrays;

/** UTF-8's byte order mark, which some editors write before a text. It is not part of the text. */
public final class ByteOrderMark {

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    static final int LENGTH = MARK.length;

    private ByteOrderMark() {}

    /** Returns the index at which the text begins in the first bytes of a file. */
    public static int end(byte[] beginning) {
        return beginning.length >= MARK.length && Arrays.equals(beginning, 0, MARK.length, MARK, 0, MARK.length) ? MARK.length : 0;
    }
}
