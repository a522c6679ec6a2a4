package dev.apprentice.model.file;

import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of an open file, with random access. Each failure is a {@link ModelException} that names the file. */
public final class FileBytes implements AutoCloseable {

    private static final String GIT_LFS_POINTER = "version https://git-lfs";

    private final Path path;
    private final FileChannel channel;
    private final long size;

    private FileBytes(Path path, FileChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    static FileBytes open(Path path) {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            return new FileBytes(path, channel, channel.size());
        } catch (NoSuchFileException e) {
            throw new ModelException(path + " is missing", e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    void requireNoGitLfsPointer() {
        byte[] start = new byte[(int) Math.min(size, GIT_LFS_POINTER.length())];
        read(0, ByteBuffer.wrap(start));
        if (new String(start, StandardCharsets.US_ASCII).equals(GIT_LFS_POINTER)) {
            throw new ModelException(path + " is a Git LFS pointer instead of the weights; run 'git lfs pull' in its folder");
        }
    }

    public Path path() {
        return path;
    }

    public long size() {
        return size;
    }

    /** Fills a buffer from its position to its limit. */
    public void read(long from, ByteBuffer into) {
        try {
            for (long position = from; into.hasRemaining(); ) {
                int count = channel.read(into, position);
                if (count < 0) {
                    throw new IOException("it ended while it was being read");
                }
                position += count;
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Maps bytes, little endian and read-only; they stay valid after {@link #close()}. */
    ByteBuffer map(long begin, long length) {
        try {
            return channel.map(FileChannel.MapMode.READ_ONLY, begin, length).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static ModelException unreadable(Path path, IOException e) {
        return new ModelException(path + " cannot be read: " + e, e);
    }
}
