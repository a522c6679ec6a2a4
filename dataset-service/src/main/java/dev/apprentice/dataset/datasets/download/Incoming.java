package dev.apprentice.dataset.datasets.download;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Data to be read: one file or a folder. */
public sealed interface Incoming {

    /** Bytes that are read once. @param name the file's name; may be empty */
    record File(InputStream bytes, String name) implements Incoming {}

    /** Local files. @param files by their paths in the folder, with slashes */
    record Folder(SortedMap<String, Path> files) implements Incoming {}

    /** Returns one file as data. */
    static Incoming of(InputStream bytes, String name) {
        return new File(bytes, name);
    }

    /** Returns files in or below a folder as data. */
    static Incoming of(Path folder, Iterable<Path> files) {
        SortedMap<String, Path> named = new TreeMap<>();
        for (Path file : files) {
            named.put(folder.relativize(file).toString().replace('\\', '/'), file);
        }
        return new Folder(named);
    }
}
