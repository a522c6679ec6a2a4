package dev.apprentice.dataset.batches;

import dev.apprentice.dataset.table.Longs;
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

/**
 * A list of rows in a file, so a run's rows need not fit into memory.
 *
 * <pre>
 * rows [5 6 7] [8 9]   file 5 6 7 8 9 (4 bytes each)   index 3 2 5 1 (where a row ends, its prompt's length)
 * </pre>
 *
 * <p>Rows are appended first and read afterwards, in any order. The file is deleted when it is closed or the process ends.
 */
final class RowFile extends AbstractList<Row> implements Closeable {

    private static final int BUFFERED_IDS = 1 << 16;

    private final FileChannel file;
    private final IntBuffer waiting = IntBuffer.allocate(BUFFERED_IDS);
    private final Longs index;
    private int size;

    /**
     * @param path of the file, which is overwritten
     * @param index holds where each row ends and its prompt's length
     */
    RowFile(Path path, Longs index) throws IOException {
        this.index = index;
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ,
                StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public boolean add(Row row) {
        for (IntBuffer ids = IntBuffer.wrap(row.ids()); ids.hasRemaining(); ) {
            int some = Math.min(ids.remaining(), waiting.remaining());
            waiting.put(ids.slice(ids.position(), some));
            ids.position(ids.position() + some);
            if (!waiting.hasRemaining()) {
                write();
            }
        }
        try {
            index.add(end(size - 1) + row.ids().length);
            index.add(row.promptLength());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        size++;
        return true;
    }

    private long end(int row) {
        return row < 0 ? 0 : index.get(2L * row);
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
    public Row get(int row) {
        if (row < 0 || row >= size) {
            throw new IndexOutOfBoundsException("row " + row + " of " + size);
        }
        if (waiting.position() > 0) {
            write();
        }
        long begin = end(row - 1);
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(end(row) - begin) * Integer.BYTES);
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, begin * Integer.BYTES + bytes.position()) < 0) {
                    throw new EOFException("row " + row + " is not in the file");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int[] ids = new int[bytes.capacity() / Integer.BYTES];
        bytes.flip().asIntBuffer().get(ids);
        return new Row(ids, (int) index.get(2L * row + 1));
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
