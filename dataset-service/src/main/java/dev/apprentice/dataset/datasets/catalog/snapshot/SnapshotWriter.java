package dev.apprentice.dataset.datasets.catalog.snapshot;

import dev.apprentice.contracts.Sha256;
import dev.apprentice.dataset.OrderedWork;
import dev.apprentice.dataset.Pieces;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.datasets.example.ExampleSink;
import dev.apprentice.dataset.table.LongMap;
import dev.apprentice.service.files.DurableFiles;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** Writes a snapshot of a dataset; buffers examples and serialises them in parallel. */
public final class SnapshotWriter implements ExampleSink, AutoCloseable {

    private static final int EXAMPLES_AT_A_TIME = 500;
    private static final long CHARACTERS_AT_A_TIME = 1 << 18;

    private final Path file;
    private final MessageDigest digest = Sha256.begin();
    private final OutputStream out;
    private final LongMap texts;
    private final OrderedWork<List<Example>, Written> writing = new OrderedWork<>(Written::of, this::write);
    private final Pieces<Example> waiting = new Pieces<>(EXAMPLES_AT_A_TIME, CHARACTERS_AT_A_TIME, writing::add);
    private int examples;

    /** @param texts the hash of each example's texts */
    private record Written(byte[] lines, long[] texts) {

        static Written of(List<Example> examples) throws IOException {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (Example example : examples) {
                ExampleLines.write(example, lines);
            }
            return new Written(lines.toByteArray(), examples.stream().mapToLong(Example::textHash).toArray());
        }
    }

    public SnapshotWriter(Path file) throws IOException {
        this.file = file;
        this.texts = new LongMap(file.toAbsolutePath().getParent());
        this.out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), digest);
    }

    @Override
    public void add(Example example) throws IOException {
        waiting.add(example, example.characters());
        examples++;
    }

    private void write(Written some) throws IOException {
        out.write(some.lines());
        for (long text : some.texts()) {
            texts.add(text);
        }
    }

    /** Closes the file, waits until it is on disk, and returns its summary. */
    public Snapshot finish() throws IOException {
        waiting.handOn();
        writing.finish();
        out.close();
        DurableFiles.sync(file);
        return new Snapshot(HexFormat.of().formatHex(digest.digest()), examples, examples - texts.size());
    }

    @Override
    public void close() throws IOException {
        try (out; texts) {
            writing.close();
        }
    }
}
