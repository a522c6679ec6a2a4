package dev.apprentice.model.gguf;

import dev.apprentice.model.file.TensorFile;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Reorders matrices of any size from transformers' layout to llama.cpp's. Reads each byte once, in the order in which it is written,
 * and holds one piece of bounded size in memory. Each piece is overwritten by the next.
 */
final class RowOrder {

    /** The bytes of a piece that consists of rows; a multiple of the size of every element and block. */
    private static final int PIECE_BYTES = TensorFile.PART_BYTES;

    /** The number of rows that are transposed at once, so that the output stays in the processor's cache. */
    private static final int ROWS_AT_ONCE = 64;

    /** A matrix whose bytes can be read from any offset. */
    interface Matrix {

        /** Fills a buffer from its position to its limit. @param from the offset in the matrix */
        void read(long from, ByteBuffer into);
    }

    private RowOrder() {}

    /**
     * Transposes a matrix from [rows, columns] to [columns, rows].
     *
     * @param mostBytes the most bytes of a piece, unless a single row of the result has more
     * @return pieces of whole rows of the result
     */
    static Iterable<ByteBuffer> transposed(Matrix matrix, int rows, int columns, int elementBytes, int mostBytes) {
        int band = (int) Math.max(1, Math.min(columns, mostBytes / ((long) rows * elementBytes)));
        return () -> {
            ByteBuffer piece = ElementEncoder.allocate((long) band * rows * elementBytes);
            ByteBuffer tile = ElementEncoder.allocate((long) Math.min(ROWS_AT_ONCE, rows) * band * elementBytes);
            return IntStream.iterate(0, first -> first < columns, first -> first + band)
                    .mapToObj(first -> {
                        int width = Math.min(band, columns - first);
                        piece.clear();
                        for (int row = 0; row < rows; row += ROWS_AT_ONCE) {
                            int height = Math.min(ROWS_AT_ONCE, rows - row);
                            readTile(matrix, row, height, first, width, columns, elementBytes, tile.clear());
                            turn(tile, row, height, width, rows, elementBytes, piece);
                        }
                        return piece.position(0).limit(width * rows * elementBytes);
                    })
                    .iterator();
        };
    }

    private static void readTile(
            Matrix matrix, int row, int height, int first, int width, long columns, int elementBytes, ByteBuffer tile) {
        for (int i = 0; i < height; i++) {
            tile.limit((i + 1) * width * elementBytes);
            matrix.read(((row + i) * columns + first) * elementBytes, tile);
        }
    }

    private static void turn(ByteBuffer tile, int row, int height, int width, int rows, int elementBytes, ByteBuffer piece) {
        for (int column = 0; column < width; column++) {
            int to = (column * rows + row) * elementBytes;
            for (int i = 0; i < height; i++) {
                int from = (i * width + column) * elementBytes;
                if (elementBytes == Float.BYTES) {
                    piece.putInt(to + i * elementBytes, tile.getInt(from));
                } else {
                    piece.putShort(to + i * elementBytes, tile.getShort(from));
                }
            }
        }
    }

    /**
     * Reorders the rows of each head. transformers rotates element i of a head with element i + width / 2; llama.cpp's Llama
     * rotates element 2i with 2i + 1.
     *
     * @param bytes the size of the matrix
     */
    static Iterable<ByteBuffer> pairsTogether(Matrix matrix, long bytes, int heads, int headWidth) {
        long row = bytes / heads / headWidth;
        return inOrder(matrix, bytes, row, () -> LongStream.range(0, (long) heads * headWidth)
                .map(to -> {
                    long within = to % headWidth;
                    return (to - within + within / 2 + within % 2 * (headWidth / 2)) * row;
                })
                .iterator());
    }

    /**
     * Separates queries, keys and values. GPT-NeoX stores them head by head; llama.cpp requires all queries, then all keys, then
     * all values.
     *
     * @param bytes the size of the matrix
     */
    static Iterable<ByteBuffer> headsApart(Matrix matrix, long bytes, int heads) {
        long each = bytes / heads / 3;
        return inOrder(matrix, bytes, each, () -> LongStream.range(0, 3L * heads)
                .map(to -> (to % heads * 3 + to / heads) * each)
                .iterator());
    }

    /** @param places the offsets of runs of {@code run} bytes, in the order of the output */
    private static Iterable<ByteBuffer> inOrder(Matrix matrix, long bytes, long run, Places places) {
        return () -> new Iterator<>() {

            private final ByteBuffer piece = ElementEncoder.allocate(Math.min(PIECE_BYTES, bytes));
            private final PrimitiveIterator.OfLong next = places.iterator();
            private long place;
            private long leftOfRun;

            @Override
            public boolean hasNext() {
                return leftOfRun > 0 || next.hasNext();
            }

            @Override
            public ByteBuffer next() {
                piece.clear();
                while (piece.position() < piece.capacity() && hasNext()) {
                    if (leftOfRun == 0) {
                        place = next.nextLong();
                        leftOfRun = run;
                    }
                    int count = (int) Math.min(leftOfRun, piece.capacity() - piece.position());
                    matrix.read(place, piece.limit(piece.position() + count));
                    place += count;
                    leftOfRun -= count;
                }
                return piece.flip();
            }
        };
    }

    private interface Places {
        PrimitiveIterator.OfLong iterator();
    }
}
