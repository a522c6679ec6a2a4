package dev.apprentice.model.safetensors;

import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A safetensors file, open for reading.
 *
 * <pre>
 * 8 bytes            length of the header, little endian
 * header             JSON, see {@link SafetensorsHeader}
 * the rest           the tensors' bytes, one after the other
 * </pre>
 *
 * Nothing but the header is read at first; tensors are mapped when asked for. Safe for use by several threads.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class SafetensorsFile implements AutoCloseable {

    /** The reference implementation's limit. */
    private static final long MAX_HEADER_BYTES = 100_000_000;

    /** A multiple of every element's size. */
    private static final int PART_BYTES = 1 << 20;

    private static final int LENGTH_BYTES = Long.BYTES;
    private static final String GIT_LFS_POINTER = "version ";

    private final Path path;
    private final FileChannel channel;
    private final SafetensorsHeader header;

    private SafetensorsFile(Path path, FileChannel channel, SafetensorsHeader header) {
        this.path = path;
        this.channel = channel;
        this.header = header;
    }

    /**
     * Reads and checks the header.
     *
     * @throws ModelException naming the file, the tensor and what is wrong with it
     */
    public static SafetensorsFile open(Path path) {
        FileChannel channel = channel(path);
        try {
            return new SafetensorsFile(path, channel, readHeader(path, channel));
        } catch (IOException e) {
            close(path, channel);
            throw unreadable(path, e);
        } catch (RuntimeException e) {
            close(path, channel);
            throw e;
        }
    }

    private static FileChannel channel(Path path) {
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new ModelException(path + " is missing", e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static SafetensorsHeader readHeader(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < LENGTH_BYTES) {
            throw new ModelException(path + " is " + size + " bytes long and thus no safetensors file; fetch it again");
        }
        byte[] start = read(channel, 0, LENGTH_BYTES);
        if (new String(start, StandardCharsets.US_ASCII).equals(GIT_LFS_POINTER)) {
            throw new ModelException(path + " is a Git LFS pointer instead of the weights; run 'git lfs pull' in its folder");
        }
        long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > MAX_HEADER_BYTES) {
            throw new ModelException(path + " says that its header is " + Long.toUnsignedString(length)
                    + " bytes long, and at most " + MAX_HEADER_BYTES + " are allowed; it is no safetensors file");
        }
        if (length > size - LENGTH_BYTES) {
            throw new ModelException(path + " ends before its header does: of " + length + " bytes it holds "
                    + (size - LENGTH_BYTES) + "; the file is cut short, fetch it again");
        }
        byte[] json = read(channel, LENGTH_BYTES, (int) length);
        return SafetensorsHeader.parse(path, json, LENGTH_BYTES + length, size);
    }

    private static byte[] read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("it ended while it was being read");
            }
        }
        return buffer.array();
    }

    public Path path() {
        return path;
    }

    /** All tensors by name, in the order of their bytes. */
    public Map<String, TensorEntry> entries() {
        return header.entries();
    }

    /** What the writer noted, such as {@code format=pt}. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * The tensor's bytes, little endian and read-only, mapped from the file; they stay valid after {@link #close()}.
     *
     * @throws ModelException if there is no such tensor, or it is 2 GiB or larger
     */
    public ByteBuffer data(String name) {
        TensorEntry entry = entry(name);
        if (entry.length() > Integer.MAX_VALUE) {
            throw new ModelException(path + " has a tensor '" + name + "' of " + entry.length()
                    + " bytes; a single tensor of 2 GiB or more is not supported");
        }
        try {
            return channel.map(FileChannel.MapMode.READ_ONLY, entry.begin(), entry.length())
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new ModelException(path + ": tensor '" + name + "' cannot be read: " + e, e);
        }
    }

    /**
     * Reads the tensor's bytes, little endian, a part at a time. Mapped files count as the process's own memory until they
     * are collected, which for a whole model's weights would double what it needs; what is read this way does not.
     *
     * @param parts is given the parts in their order; each holds whole elements, and is overwritten by the next
     * @throws ModelException if there is no such tensor, or the file cannot be read
     */
    public void read(String name, Consumer<ByteBuffer> parts) {
        TensorEntry entry = entry(name);
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART_BYTES, entry.length())).order(ByteOrder.LITTLE_ENDIAN);
        try {
            for (long position = entry.begin(); position < entry.end(); position += part.limit()) {
                part.clear().limit((int) Math.min(PART_BYTES, entry.end() - position));
                while (part.hasRemaining()) {
                    if (channel.read(part, position + part.position()) < 0) {
                        throw new IOException("it ended while it was being read");
                    }
                }
                parts.accept(part.flip());
            }
        } catch (IOException e) {
            throw new ModelException(path + ": tensor '" + name + "' cannot be read: " + e, e);
        }
    }

    private TensorEntry entry(String name) {
        TensorEntry entry = entries().get(name);
        if (entry == null) {
            throw new ModelException(path + " has no tensor '" + name + "'");
        }
        return entry;
    }

    @Override
    public void close() {
        close(path, channel);
    }

    private static void close(Path path, FileChannel channel) {
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
