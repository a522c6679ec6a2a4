package dev.apprentice.model.file;

import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that are there in full or not at all. */
public final class WholeFile {

    /** What a file is to hold. */
    public interface Contents {

        void writeTo(FileChannel channel) throws IOException;
    }

    private WholeFile() {}

    /**
     * Writes a file beside its place, flushes it to the disk, and moves it there: half a file is never seen, and who
     * has the old one mapped keeps it.
     *
     * @throws ModelException if the disk refuses
     */
    public static void write(Path file, Contents contents) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                contents.writeTo(channel);
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be written: " + e, e);
        }
    }

    /** Writes all that remains of the pieces, one after the other. Returns how many bytes they were. */
    public static long writeFully(FileChannel channel, Iterable<ByteBuffer> pieces) throws IOException {
        long written = 0;
        for (ByteBuffer piece : pieces) {
            written += piece.remaining();
            writeFully(channel, piece.duplicate());
        }
        return written;
    }

    /** Writes all that remains of the bytes. */
    public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
