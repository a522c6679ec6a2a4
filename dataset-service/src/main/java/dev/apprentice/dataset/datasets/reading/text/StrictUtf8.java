package dev.apprentice.dataset.datasets.reading.text;

import java.io.CharConversionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Passes bytes through while they are valid UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF), and fails
 * with the offset of the first invalid byte. Java's own decoder does not report the offset.
 */
public final class StrictUtf8 extends FilterInputStream {

    /** Thrown if the bytes are not UTF-8. */
    public static final class InvalidException extends CharConversionException {

        InvalidException(String message) {
            super(message);
        }

        /** Returns what is wrong with the data, and the way out, as the end of a sentence. */
        public String reason() {
            return "is not UTF-8: it " + getMessage() + "; save it as UTF-8, or name its encoding with 'encoding' (--encoding)";
        }
    }

    private long offset;
    private int missing;
    private int lowest;
    private int highest;

    public StrictUtf8(InputStream bytes) {
        super(bytes);
    }

    @Override
    public int read() throws IOException {
        int next = in.read();
        if (next < 0) {
            end();
        } else {
            check(next);
        }
        return next;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int count = in.read(buffer, from, length);
        if (count < 0) {
            end();
        }
        for (int i = 0; i < count; i++) {
            if (missing == 0 && buffer[from + i] >= 0) {
                offset++;
            } else {
                check(buffer[from + i] & 0xff);
            }
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false; // a reset would count bytes twice
    }

    private void check(int next) throws InvalidException {
        if (missing > 0) {
            if (next < lowest || next > highest) {
                throw invalid(next);
            }
            expect(missing - 1, 0x80, 0xbf);
        } else if (next >= 0x80) {
            lead(next);
        }
        offset++;
    }

    /** Applies the table of RFC 3629, section 4: how many bytes follow, and the range of the first of them. */
    private void lead(int next) throws InvalidException {
        if (next >= 0xc2 && next <= 0xdf) {
            expect(1, 0x80, 0xbf);
        } else if (next == 0xe0) {
            expect(2, 0xa0, 0xbf);
        } else if (next == 0xed) {
            expect(2, 0x80, 0x9f);
        } else if (next >= 0xe1 && next <= 0xef) {
            expect(2, 0x80, 0xbf);
        } else if (next == 0xf0) {
            expect(3, 0x90, 0xbf);
        } else if (next >= 0xf1 && next <= 0xf3) {
            expect(3, 0x80, 0xbf);
        } else if (next == 0xf4) {
            expect(3, 0x80, 0x8f);
        } else {
            throw invalid(next);
        }
    }

    private void expect(int count, int from, int to) {
        missing = count;
        lowest = from;
        highest = to;
    }

    private void end() throws InvalidException {
        if (missing > 0) {
            throw new InvalidException("ends within a character at byte offset " + offset);
        }
    }

    private InvalidException invalid(int next) {
        return new InvalidException("has the byte 0x%02x at offset %d".formatted(next, offset));
    }
}
