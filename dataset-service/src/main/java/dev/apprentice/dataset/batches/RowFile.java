package dev.apprentice.dataset.batches;

import dev.apprentice.model.tokenizer.Row;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.Arrays;

/**
 * Rows in a file of their own, so that what a run learns need not fit into memory: 12 bytes of each row are held there.
 *
 * <pre>
 * rows [5 6 7] [8 9]   file 5 6 7 8 9 (4 bytes each)   ends 3 5
 * </pre>
 *
 * <p>Rows are appended first and read afterwards, in any order. The file is gone once it is closed, or the process ends.
 */
final class RowFile extends AbstractList<Row> implements Closeable {

    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int BUFFERED_IDS = 1 << 16;

    private final FileChannel file;
    private final IntBuffer waiting = IntBuffer.allocate(BUFFERED_IDS);
    private long[] ends = new long[FIRST_CAPACITY];
    private int[] promptLengths = new int[FIRST_CAPACITY];
    private int size;

    /** @param path of a file that it writes anew */
    RowFile(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ,
                StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public boolean add(Row row) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            promptLengths = Arrays.copyOf(promptLengths, 2 * size);
        }
        for (IntBuffer ids = IntBuffer.wrap(row.ids()); ids.hasRemaining(); ) {
            int some = Math.min(ids.remaining(), waiting.remaining());
            waiting.put(ids.slice(ids.position(), some));
            ids.position(ids.position() + some);
            if (!waiting.hasRemaining()) {
                write();
            }
        }
        ends[size] = begin(size) + row.ids().length;
        promptLengths[size++] = row.promptLength();
        return true;
    }

    private long begin(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    private void write() {
        ByteBuffer bytes = ByteBuffer.allocate(waiting.position() * Integer.BYTES);
        bytes.asIntBuffer().put(waiting.flip());
        waiting.clear();
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Row get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("row " + index + " of " + size);
        }
        if (waiting.position() > 0) {
            write();
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(ends[index] - begin(index)) * Integer.BYTES);
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, begin(index) * Integer.BYTES + bytes.position()) < 0) {
                    throw new EOFException("row " + index + " is not in the file");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int[] ids = new int[bytes.capacity() / Integer.BYTES];
        bytes.flip().asIntBuffer().get(ids);
        return new Row(ids, promptLengths[index]);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
