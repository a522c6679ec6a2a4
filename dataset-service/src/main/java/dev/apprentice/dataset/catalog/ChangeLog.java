package dev.apprentice.dataset.catalog;

import com.fasterxml.jackson.databind.MappingIterator;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.example.Example;
import dev.apprentice.service.files.DurableFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The changes to a dataset since its last snapshot, as JSON lines in a file that is only ever appended to.
 *
 * <p>A line that was cut off, because the process or the disk gave up within it, was never confirmed to anybody; the
 * next append takes its place.
 */
final class ChangeLog {

    private final Path file;
    private int size;
    private long length;

    private ChangeLog(Path file, int size, long length) {
        this.file = file;
        this.size = size;
        this.length = length;
    }

    static ChangeLog open(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new ChangeLog(file, 0, 0);
        }
        cutTornLine(file);
        try (Stream<String> lines = Files.lines(file)) {
            return new ChangeLog(file, Math.toIntExact(lines.count()), Files.size(file));
        }
    }

    /** How many changes there are. */
    int size() {
        return size;
    }

    /** Appends the changes and waits until they are on the disk: all of them, or an error and none. */
    void append(List<Change> changes) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Change change : changes) {
            lines.write(Json.MAPPER.writeValueAsBytes(change));
            lines.write('\n');
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(length); // an append that failed may have left part of itself
            writeAll(channel.position(length), ByteBuffer.wrap(lines.toByteArray()));
        }
        if (size == 0) {
            DurableFiles.sync(file.toAbsolutePath().getParent());
        }
        size += changes.size();
        length += lines.size();
    }

    /**
     * What each changed example is now, by id, in the order in which they were first named; empty for withdrawn ones.
     */
    Map<String, Optional<Example>> latest() throws IOException {
        Map<String, Optional<Example>> latest = new LinkedHashMap<>();
        if (size == 0) {
            return latest;
        }
        try (MappingIterator<Change> changes =
                Json.MAPPER.readerFor(Change.class).readValues(Files.newBufferedReader(file))) {
            while (changes.hasNextValue()) {
                Change change = changes.nextValue();
                latest.put(change.id(), change.example());
            }
        }
        return latest;
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    private static void cutTornLine(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            while (end > 0) {
                channel.read(last.clear(), end - 1);
                if (last.get(0) == '\n') {
                    break;
                }
                end--;
            }
            channel.truncate(end);
            channel.force(true);
        }
    }
}
