package dev.apprentice.cli.stream;

import dev.apprentice.local.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/** Reads examples as JSON lines, in small batches. */
public final class LineSource implements AutoCloseable {

    /** The byte order mark that some editors write at the start of a file; it is not part of the first line. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int LONG_ENOUGH_TO_LOOK = 1;

    private final String name;
    private final BufferedReader lines;
    private long read;

    /**
     * Opens the source.
     *
     * @param name its name for people
     * @throws CommandException if it is a JSON array
     */
    public LineSource(String name, Reader text) {
        this.name = name;
        PushbackReader peek = new PushbackReader(text, LONG_ENOUGH_TO_LOOK);
        this.lines = new BufferedReader(peek);
        requireLines(peek);
    }

    private void requireLines(PushbackReader peek) {
        try {
            int first = peek.read();
            if (first == BYTE_ORDER_MARK) {
                first = peek.read();
            }
            if (first == '[') {
                throw new CommandException(name + " begins with '[', so it is a JSON array; `stream` takes one JSON object a"
                        + " line, such as `jq -c '.[]'` makes of it. `tune` accepts arrays.");
            }
            if (first >= 0) {
                peek.unread(first);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Returns the next lines, at most this many; empty at the end. Blocks for the first line only. */
    public List<String> next(int atMost) {
        List<String> next = new ArrayList<>();
        try {
            while (next.size() < atMost && (next.isEmpty() || lines.ready())) {
                String line = lines.readLine();
                if (line == null) {
                    break;
                }
                read++;
                next.add(line);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return next;
    }

    /** Returns how many lines were read so far. */
    public long read() {
        return read;
    }

    private CommandException unreadable(IOException e) {
        if (e instanceof CharacterCodingException) {
            return new CommandException(name + " is not UTF-8 after line " + read + "; save it as UTF-8.", e);
        }
        return new CommandException(name + " cannot be read: " + e.getMessage() + ".", e);
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
