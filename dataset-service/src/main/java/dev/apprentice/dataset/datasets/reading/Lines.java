package dev.apprentice.dataset.datasets.reading;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Lines as bytes, without a byte order mark before the first. One is in memory at a time, and of an over-long one its beginning. */
public final class Lines {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream bytes;
    private final int longest;
    private long number;

    /** @param longest bytes that a line may have */
    public Lines(InputStream bytes, int longest) {
        this.bytes = new BufferedInputStream(bytes);
        this.longest = longest;
    }

    private void passByteOrderMark() throws IOException {
        bytes.mark(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(bytes.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            bytes.reset();
        }
    }

    /**
     * @param number counted from 1
     * @param content without its end; cut off where the line is longer than allowed
     * @param length bytes it has
     */
    public record Line(long number, byte[] content, long length) {

        public boolean isBlank() {
            for (byte one : content) {
                if (one != ' ' && one != '\t' && one != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    /** The next line; empty at the end. */
    public Optional<Line> next() throws IOException {
        if (number == 0) {
            passByteOrderMark();
        }
        int one = bytes.read();
        if (one < 0) {
            return Optional.empty();
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        long length = 0;
        for (; one >= 0 && one != '\n'; one = bytes.read()) {
            if (length++ < longest) {
                content.write(one);
            }
        }
        return Optional.of(new Line(++number, content.toByteArray(), length));
    }
}
