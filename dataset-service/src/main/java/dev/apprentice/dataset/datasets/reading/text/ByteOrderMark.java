package dev.apprentice.dataset.datasets.reading.text;

import java.util.Arrays;

/** The bytes that some editors put before UTF-8. They are no part of the text. */
public final class ByteOrderMark {

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private ByteOrderMark() {}

    /** Where the text begins in the first bytes of a file. */
    public static int end(byte[] beginning) {
        return beginning.length >= MARK.length && Arrays.equals(beginning, 0, MARK.length, MARK, 0, MARK.length) ? MARK.length : 0;
    }
}
