package dev.apprentice.model.file;

import dev.apprentice.model.ModelException;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that exist completely or not at all. */
public final class WholeFile {

    /** The contents of a file. */
    public interface Contents {

        void writeTo(FileChannel channel) throws IOException;
    }

    private static final boolean FOLDERS_CAN_BE_SYNCED = File.separatorChar == '/';

    private WholeFile() {}

    /**
     * Writes a file beside its target, flushes it to disk, renames it atomically, and flushes its folder. An incomplete file is
     * never visible, even after a power failure, and a process that has the old file mapped keeps it.
     *
     * @throws ModelException if the file cannot be written; then nothing of it stays on the disk
     */
    public static void write(Path file, Contents contents) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try (Closeable leftover = () -> Files.deleteIfExists(unfinished)) {
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                contents.writeTo(channel);
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            syncFolderOf(file);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be written: " + e, e);
        }
    }

    private static void syncFolderOf(Path file) throws IOException {
        if (FOLDERS_CAN_BE_SYNCED) {
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    /** Writes the remaining bytes of all pieces, one after another, and returns their number. */
    public static long writeFully(FileChannel channel, Iterable<ByteBuffer> pieces) throws IOException {
        long written = 0;
        for (ByteBuffer piece : pieces) {
            written += piece.remaining();
            writeFully(channel, piece.duplicate());
        }
        return written;
    }

    /** Writes the remaining bytes. */
    public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
