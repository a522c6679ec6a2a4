package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.reading.outcome.Reject;
import dev.apprentice.dataset.datasets.reading.outcome.RejectSink;
import dev.apprentice.service.files.DurableFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes rejected entries as JSON lines, one {@link Reject} each. */
final class RejectsWriter implements RejectSink, AutoCloseable {

    private final Path file;
    private final OutputStream out;

    RejectsWriter(Path file) throws IOException {
        this.file = file;
        this.out = new BufferedOutputStream(Files.newOutputStream(file));
    }

    @Override
    public void add(Reject reject) throws IOException {
        out.write(Json.MAPPER.writeValueAsBytes(reject));
        out.write('\n');
    }

    /** Closes the file and waits until it is on the disk. */
    void finish() throws IOException {
        out.close();
        DurableFiles.sync(file);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
