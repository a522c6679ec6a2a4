package dev.apprentice.dataset.datasets.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * DuckDB's native library, 61 MB that its driver unpacks into the folder for temporary files. The driver deletes it at a normal
 * exit only, so each kill would leave it behind. On Linux, where a loaded file can be deleted, it is deleted at once.
 */
final class UnpackedLibrary {

    private static final Path LOADED = Path.of("/proc/self/maps");
    private static final String NAME = "/libduckdb_java";
    private static final AtomicBoolean REMOVED = new AtomicBoolean();

    private UnpackedLibrary() {}

    /** Deletes this process's copy, if it is loaded. */
    static void remove() throws IOException {
        if (Files.isReadable(LOADED) && REMOVED.compareAndSet(false, true)) {
            for (Path file : files()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Returns the paths that this process loaded it from. Deleted files are excluded, since Linux appends a suffix to their names. */
    static List<Path> files() throws IOException {
        return Files.readAllLines(LOADED).stream()
                .filter(line -> line.contains(NAME) && line.endsWith(".so"))
                .map(line -> Path.of(line.substring(line.indexOf('/'))))
                .distinct()
                .toList();
    }
}
