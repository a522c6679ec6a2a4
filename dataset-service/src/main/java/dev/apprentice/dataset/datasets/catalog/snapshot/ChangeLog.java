package dev.apprentice.dataset.datasets.catalog.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.persistence.StateFolder;
import dev.apprentice.service.files.DurableFiles;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The changes to a dataset since its last snapshot, as JSON lines in an append-only file.
 *
 * <p>A torn last line, left by a crash or a failure of the disk, was never confirmed; the next append overwrites it.
 */
public final class ChangeLog {

    private static final Logger LOG = Logger.getLogger(ChangeLog.class);

    private final Path file;
    private int size;
    private long length;

    private ChangeLog(Path file, int size, long length) {
        this.file = file;
        this.size = size;
        this.length = length;
    }

    public static ChangeLog open(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new ChangeLog(file, 0, 0);
        }
        cutTornLine(file);
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return new ChangeLog(file, Math.toIntExact(lines.count()), Files.size(file));
        }
    }

    /** Returns the number of changes. */
    public int size() {
        return size;
    }

    /** Tells whether the file holds exactly what this has read from it and written to it. */
    public boolean isWhole() throws IOException {
        return (Files.exists(file) ? Files.size(file) : 0) == length;
    }

    /** Appends the changes and waits until they are on disk. All or nothing: after an error none counts. */
    public void append(List<Change> changes) throws IOException {
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

    /** Passes the changes on in their order, each with the offset in the file at which it begins. */
    void forEach(PlacedChange sink) throws IOException {
        if (size == 0) {
            return;
        }
        long place = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (byte[] line = line(in); line.length > 0; line = line(in)) {
                Optional<Change> change = change(line, place);
                if (change.isPresent()) {
                    sink.accept(place, change.get());
                }
                place += line.length;
            }
        }
    }

    /** Parses a line. A damaged one is left out, since otherwise the dataset could never change again; a copy of the file is kept. */
    private Optional<Change> change(byte[] line, long place) throws IOException {
        try {
            return Optional.of(Json.MAPPER.readValue(line, Change.class));
        } catch (JsonProcessingException e) {
            Path kept = file.resolveSibling(file.getFileName() + StateFolder.DAMAGED);
            Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
            LOG.errorf("the change at byte %d of %s is damaged (%s) and left out; the file is kept as %s", place, file,
                    e.getOriginalMessage(), kept);
            return Optional.empty();
        }
    }

    /** Receives changes with their offsets. */
    interface PlacedChange {

        void accept(long place, Change change) throws IOException;
    }

    /** Opens the file for reading changes at their offsets. */
    ChangesAtPlaces atPlaces() throws IOException {
        return new ChangesAtPlaces(new RandomAccessFile(file.toFile(), "r"));
    }

    /** Reads single changes by offset. */
    record ChangesAtPlaces(RandomAccessFile file) implements AutoCloseable {

        /** @param place offset in the file at which a change begins */
        Change at(long place) throws IOException {
            file.seek(place);
            return Json.MAPPER.readValue(line(new BufferedInputStream(Channels.newInputStream(file.getChannel()))), Change.class);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toByteArray();
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
