package dev.apprentice.dataset.datasets.reading.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Lines as bytes, without a byte order mark before the first. One is in memory at a time, and of an over-long one its beginning. */
public final class Lines {

    private final InputStream bytes;
    private final int longest;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private long number;

    /** @param longest bytes that a line may have */
    public Lines(InputStream bytes, int longest) {
        this.bytes = bytes;
        this.longest = longest;
    }

    /** Whether there is more; then some of it is in the buffer. */
    private boolean hasMore() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, bytes.read(buffer));
        }
        return at < end;
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
            content.write(buffer, from, (int) Math.min(at - from, longest - content.size()));
            length += at - from;
            isOver = at < end;
            at += isOver ? 1 : 0;
        }
        return Optional.of(line(content.toByteArray(), length));
    }

    private Line line(byte[] content, long length) {
        int mark = ++number == 1 ? ByteOrderMark.end(content) : 0;
        return new Line(number, Arrays.copyOfRange(content, mark, content.length), length - mark);
    }
}
