package dev.apprentice.model.gguf;

import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A GGUF file, open for reading. Nothing but the header is read at first; tensors are mapped when asked for. Safe for use by
 * several threads.
 */
public final class GgufFile implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;
    private final GgufHeader header;

    private GgufFile(Path path, FileChannel channel, GgufHeader header) {
        this.path = path;
        this.channel = channel;
        this.header = header;
    }

    /**
     * Reads and checks the header.
     *
     * @throws ModelException naming the file, the place in it and what is wrong there
     */
    public static GgufFile open(Path path) {
        FileChannel channel = channel(path);
        try {
            return new GgufFile(path, channel, GgufHeader.read(new GgufCursor(path, channel, channel.size())));
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

    /** Of the format: 2 or 3. */
    public int version() {
        return header.version();
    }

    /** By key, in the file's order. */
    public Map<String, GgufValue> metadata() {
        return header.metadata();
    }

    /** All tensors by name, in the order of their bytes, those included whose data is not read here. */
    public Map<String, GgufEntry> entries() {
        return header.entries();
    }

    /**
     * The tensor's bytes, little endian and read-only, mapped from the file; they stay valid after {@link #close()}.
     *
     * @throws ModelException if there is no such tensor, it is not F32, F16 or BF16, or it is 2 GiB or larger
     */
    public ByteBuffer data(String name) {
        GgufEntry entry = entries().get(name);
        if (entry == null) {
            throw new ModelException(path + " has no tensor '" + name + "'");
        }
        if (!entry.type().isReadable()) {
            throw new ModelException(path + ": tensor '" + name + "' is of type " + entry.type()
                    + ", and only F32, F16 and BF16 are read; convert the model to one of them");
        }
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
