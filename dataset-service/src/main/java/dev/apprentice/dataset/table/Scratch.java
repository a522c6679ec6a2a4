package dev.apprentice.dataset.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/** A folder for temporary tables; closing it closes all of them. Thread-safe. */
public final class Scratch implements Closeable {

    private final Path folder;
    private final List<Closeable> tables = new ArrayList<>();

    public Scratch(Path folder) {
        this.folder = folder;
    }

    /** Returns a scratch in the system's folder for temporary files. */
    public static Scratch ofTheSystem() {
        return new Scratch(Path.of(System.getProperty("java.io.tmpdir")));
    }

    public Path folder() {
        return folder;
    }

    public Longs longs() {
        return kept(new Longs(folder));
    }

    public LongMap map() {
        return kept(new LongMap(folder));
    }

    private synchronized <T extends Closeable> T kept(T table) {
        tables.add(table);
        return table;
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            Utils.closeAll(tables.toArray(Closeable[]::new));
        } finally {
            tables.clear();
        }
    }
}
