package dev.apprentice.dataset.datasets.reading.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Splits bytes into lines and removes a byte order mark. One line is in memory at a time; an overlong one is truncated. */
public final class Lines {

    private final InputStream bytes;
    private final int longest;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private long number;

    /** @param longest bytes of a line that are kept */
    public Lines(InputStream bytes, int longest) {
        this.bytes = bytes;
        this.longest = longest;
    }

    /** Tells whether more bytes follow, and fills the buffer. */
    private boolean hasMore() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, bytes.read(buffer));
        }
        return at < end;
    }

    /**
     * A line.
     *
     * @param number counted from 1
     * @param content without its line feed; truncated if the line is longer than allowed, perhaps within a character
     * @param length its bytes before truncation
     */
    public record Line(long number, byte[] content, long length) {

        public boolean isTruncated() {
            return length > content.length;
        }

        /** Tells whether nothing but blanks is in the line. What was cut off of a line may be more than blanks. */
        public boolean isBlank() {
            if (isTruncated()) {
                return false;
            }
            for (byte one : content) {
                if (one != ' ' && one != '\t' && one != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    /** Returns the next line; empty at the end. */
    public Optional<Line> next() throws IOException {
        if (!hasMore()) {
            return Optional.empty();
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        long length = 0;
        boolean isOver = false;
        while (!isOver && hasMore()) {
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            content.write(buffer, from, (int) Math.min(at - from, (long) ByteOrderMark.LENGTH + longest - content.size()));
            length += at - from;
            isOver = at < end;
            at += isOver ? 1 : 0;
        }
        return Optional.of(line(content.toByteArray(), length));
    }

    private Line line(byte[] content, long length) {
        int mark = ++number == 1 ? ByteOrderMark.end(content) : 0;
        return new Line(number, Arrays.copyOfRange(content, mark, (int) Math.min(content.length, (long) mark + longest)), length - mark);
    }
}
