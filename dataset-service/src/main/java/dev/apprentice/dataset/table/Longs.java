package dev.apprentice.dataset.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.ByteBufferUnmapper;
import org.jboss.logging.Logger;

/**
 * A growing array of 64-bit numbers, each 0 until it is set. The first {@value #CHUNK} (2 MiB) are on the heap, all others in a
 * memory-mapped file. The operating system keeps as much of it in memory as it has room for, and the heap does not grow with it.
 *
 * <p>The file has no name once it is open (on Linux), and is deleted when this is closed or the process ends. Its blocks are
 * written before they are mapped, so a full disk causes an {@link IOException} and not a memory fault.
 *
 * <p>Not thread-safe.
 */
public final class Longs implements Closeable {

    private static final Logger LOG = Logger.getLogger(Longs.class);

    private static final int CHUNK_BITS = 18;
    static final int CHUNK = 1 << CHUNK_BITS;
    private static final int FIRST_CAPACITY = 1 << 10;

    private final Path folder;
    private final List<MappedByteBuffer> mapped = new ArrayList<>();
    private LongBuffer[] chunks = {LongBuffer.allocate(FIRST_CAPACITY)};
    private long capacity = FIRST_CAPACITY;
    private long size;
    private FileChannel file; // null while all numbers are on the heap

    /** @param folder for the file, which is created when it is needed */
    public Longs(Path folder) {
        this.folder = folder;
    }

    /** Makes room for this many numbers. @throws IOException if the disk has none */
    public void reserve(long numbers) throws IOException {
        while (capacity < numbers) {
            if (capacity < CHUNK) {
                long[] first = Arrays.copyOf(chunks[0].array(), (int) Math.min(CHUNK, Math.max(numbers, 2 * capacity)));
                chunks[0] = LongBuffer.wrap(first);
                capacity = first.length;
            } else {
                chunks = Arrays.copyOf(chunks, chunks.length + 1);
                chunks[chunks.length - 1] = mapAnother();
                capacity += CHUNK;
            }
        }
    }

    private LongBuffer mapAnother() throws IOException {
        if (file == null) {
            file = FileChannel.open(Files.createTempFile(folder, "table", ".tmp"), StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        }
        long begin = file.size();
        ByteBuffer zeros = ByteBuffer.allocate(CHUNK * Long.BYTES);
        while (zeros.hasRemaining()) {
            file.write(zeros, begin + zeros.position());
        }
        MappedByteBuffer chunk = file.map(MapMode.READ_WRITE, begin, zeros.capacity());
        mapped.add(chunk);
        return chunk.order(ByteOrder.nativeOrder()).asLongBuffer();
    }

    /** Appends a number. */
    public void add(long number) throws IOException {
        reserve(size + 1);
        set(size++, number);
    }

    /** Returns how many numbers were appended. */
    public long size() {
        return size;
    }

    /** @param place less than the capacity */
    public long get(long place) {
        return chunks[(int) (place >>> CHUNK_BITS)].get((int) place & CHUNK - 1);
    }

    /** @param place less than the capacity */
    public void set(long place, long number) {
        chunks[(int) (place >>> CHUNK_BITS)].put((int) place & CHUNK - 1, number);
    }

    /** Unmaps and deletes the file; nothing can be read afterwards. */
    @Override
    public void close() throws IOException {
        chunks = new LongBuffer[0]; // unmapped memory must not be accessed any more
        capacity = 0;
        try (FileChannel closed = file) {
            for (MappedByteBuffer chunk : mapped) {
                unmap(chunk);
            }
        } finally {
            mapped.clear();
        }
    }

    private static void unmap(MappedByteBuffer chunk) throws IOException {
        try {
            ByteBufferUnmapper.unmap("a table", chunk);
        } catch (UnsupportedOperationException e) {
            LOG.debugf("the garbage collector unmaps the table: %s", e.getMessage());
        }
    }
}
