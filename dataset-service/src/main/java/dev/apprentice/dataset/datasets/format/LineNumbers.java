package dev.apprentice.dataset.datasets.format;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the line numbers of offsets in a file. Offsets must be given in ascending order. DuckDB counts rows, each of which may
 * span several lines.
 */
final class LineNumbers implements Closeable {

    private final InputStream bytes;
    private long read;
    private int line = 1;

    LineNumbers(Path file) throws IOException {
        this.bytes = new BufferedInputStream(Files.newInputStream(file));
    }

    /**
     * Returns the line of a row that begins at a byte, both counted from 1. If rows end with two bytes, DuckDB names the second as the
     * first of the next row.
     */
    int at(long place) throws IOException {
        while (read < place - 1) {
            read();
        }
        bytes.mark(1);
        int first = bytes.read();
        bytes.reset();
        if (first == '\n') {
            read();
        }
        return line;
    }

    private void read() throws IOException {
        line += bytes.read() == '\n' ? 1 : 0;
        read++;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
