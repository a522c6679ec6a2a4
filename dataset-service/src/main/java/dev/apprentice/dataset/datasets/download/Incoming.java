package dev.apprentice.dataset.datasets.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Data on its way in: one file, or several in their order. */
@FunctionalInterface
public interface Incoming {

    /** Reads a file. */
    @FunctionalInterface
    interface FileReader {

        /** @param name the file's; may be empty */
        void read(InputStream bytes, String name) throws IOException;
    }

    /** Has each file read; once. */
    void forEach(FileReader reader) throws IOException;

    /** One file. */
    static Incoming of(InputStream bytes, String name) {
        return reader -> reader.read(bytes, name);
    }

    /** Files of this machine. */
    static Incoming of(List<Path> files) {
        return reader -> {
            for (Path file : files) {
                try (InputStream bytes = Files.newInputStream(file)) {
                    reader.read(bytes, file.getFileName().toString());
                }
            }
        };
    }
}
