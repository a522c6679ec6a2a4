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

    /** Returns the line of a byte, both counted from 1. */
    int at(long place) throws IOException {
        for (; read < place - 1; read++) {
            line += bytes.read() == '\n' ? 1 : 0;
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
