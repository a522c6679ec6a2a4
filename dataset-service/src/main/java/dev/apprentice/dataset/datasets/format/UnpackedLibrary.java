package dev.apprentice.dataset.datasets.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * DuckDB's native library, 61 MB that its driver unpacks into the folder for temporary files. It is removed when Java ends, and so
 * would stay after each kill. Where a file that is loaded can be removed, which is Linux, this is done at once.
 */
final class UnpackedLibrary {

    private static final Path LOADED = Path.of("/proc/self/maps");
    private static final String NAME = "/libduckdb_java";
    private static final AtomicBoolean REMOVED = new AtomicBoolean();

    private UnpackedLibrary() {}

    /** Removes the file of this process, if it is loaded. */
    static void remove() throws IOException {
        if (Files.isReadable(LOADED) && REMOVED.compareAndSet(false, true)) {
            for (Path file : files()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Where this process has it from; what is removed already has another name there. */
    static List<Path> files() throws IOException {
        return Files.readAllLines(LOADED).stream()
                .filter(line -> line.contains(NAME) && line.endsWith(".so"))
                .map(line -> Path.of(line.substring(line.indexOf('/'))))
                .distinct()
                .toList();
    }
}
