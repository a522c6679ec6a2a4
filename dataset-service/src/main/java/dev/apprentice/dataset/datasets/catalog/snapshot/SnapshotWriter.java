package dev.apprentice.dataset.datasets.catalog.snapshot;

import dev.apprentice.contracts.Sha256;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.datasets.example.ExampleSink;
import dev.apprentice.service.files.DurableFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes a snapshot of a dataset, one example at a time. */
public final class SnapshotWriter implements ExampleSink, AutoCloseable {

    private final Path file;
    private final MessageDigest digest = Sha256.begin();
    private final OutputStream out;
    private final FingerprintSet texts = new FingerprintSet();
    private int examples;

    public SnapshotWriter(Path file) throws IOException {
        this.file = file;
        this.out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), digest);
    }

    @Override
    public void add(Example example) throws IOException {
        ExampleLines.write(example, out);
        texts.add(example.fingerprint());
        examples++;
    }

    /** Closes the file, waits until it is on the disk, and says what it holds. */
    public Snapshot finish() throws IOException {
        out.close();
        DurableFiles.sync(file);
        return new Snapshot(HexFormat.of().formatHex(digest.digest()), examples, examples - texts.size());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
