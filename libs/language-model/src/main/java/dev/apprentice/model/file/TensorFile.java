package dev.apprentice.model.file;

import dev.apprentice.model.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * A file of tensors, open for reading. Opening reads and checks only the header; tensors are mapped or read on request.
 * Thread-safe.
 *
 * @param <T> the format's element types
 */
public abstract class TensorFile<T extends ElementType> implements AutoCloseable {

    /** The most bytes of a part; a multiple of every element's size. */
    public static final int PART_BYTES = 1 << 20;

    private final FileBytes file;
    private final Map<String, TensorEntry<T>> entries;

    /** @param entries as returned by {@link TensorEntry#inOrder} */
    protected TensorFile(FileBytes file, Map<String, TensorEntry<T>> entries) {
        this.file = file;
        this.entries = entries;
    }

    /** Opens a file and lets a format read its header; closes the file if the format throws. */
    protected static <F> F open(Path path, Function<FileBytes, F> format) {
        FileBytes file = FileBytes.open(path);
        try {
            file.requireNoGitLfsPointer();
            return format.apply(file);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    public Path path() {
        return file.path();
    }

    /** Returns all tensors by name, in the order of their bytes. */
    public Map<String, TensorEntry<T>> entries() {
        return entries;
    }

    /** @throws ModelException if there is no such tensor */
    protected TensorEntry<T> entry(String name) {
        TensorEntry<T> entry = entries.get(name);
        if (entry == null) {
            throw new ModelException(path() + " has no tensor '" + name + "'");
        }
        return entry;
    }

    /**
     * Returns the tensor's bytes, little endian and read-only, mapped from the file; they stay valid after {@link #close()}.
     *
     * @throws ModelException if there is no such tensor, or it is 2 GiB or larger
     */
    public ByteBuffer data(String name) {
        TensorEntry<T> entry = entry(name);
        if (entry.length() > Integer.MAX_VALUE) {
            throw new ModelException(path() + " has a tensor '" + name + "' of " + entry.length()
                    + " bytes; what is read in one piece has less than 2 GiB");
        }
        return file.map(entry.begin(), entry.length());
    }

    /**
     * Returns the tensor's bytes in parts, little endian. Each part is read when it is requested, so a tensor may have any size.
     * Mapped files count as the process's memory until they are garbage-collected, which would double what a whole model needs.
     * Parts avoid that.
     *
     * @return parts of whole elements, each overwritten by the next; a part that cannot be read throws a {@link ModelException}
     * @throws ModelException if there is no such tensor
     */
    public Iterable<ByteBuffer> parts(String name) {
        TensorEntry<T> entry = entry(name);
        return () -> {
            ByteBuffer part = ByteBuffer.allocate((int) Math.min(PART_BYTES, entry.length())).order(ByteOrder.LITTLE_ENDIAN);
            return LongStream.iterate(entry.begin(), position -> position < entry.end(), position -> position + PART_BYTES)
                    .mapToObj(position -> read(position, entry.end(), part))
                    .iterator();
        };
    }

    private ByteBuffer read(long from, long end, ByteBuffer part) {
        part.clear().limit((int) Math.min(PART_BYTES, end - from));
        file.read(from, part);
        return part.flip();
    }

    /**
     * Fills a buffer from its position to its limit with a tensor's bytes.
     *
     * @param from the offset in the tensor
     * @throws ModelException if there is no such tensor, or it cannot be read
     * @throws IllegalArgumentException if the tensor ends before
     */
    public void read(String name, long from, ByteBuffer into) {
        TensorEntry<T> entry = entry(name);
        if (from < 0 || from > entry.length() - into.remaining()) {
            throw new IllegalArgumentException(into.remaining() + " bytes from " + from + " are asked of the tensor '" + name
                    + "', which has " + entry.length());
        }
        file.read(entry.begin() + from, into);
    }

    @Override
    public void close() {
        file.close();
    }
}
