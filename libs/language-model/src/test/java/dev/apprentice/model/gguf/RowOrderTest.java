package dev.apprentice.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Matrices in memory that count how often each of their bytes is read. */
class RowOrderTest {

    private static final int ROWS = 12;

    @Test
    void aHeadsPairsStandTogether() {
        Counted rows = Counted.rows(2);
        assertThat(numbers(RowOrder.pairsTogether(rows, rows.bytes.length, 2, 6), 2))
                .containsExactly(0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11);
        rows.requireReadOnce();
    }

    @Test
    void queriesComeBeforeKeysBeforeValues() {
        Counted rows = Counted.rows(2);
        assertThat(numbers(RowOrder.headsApart(rows, rows.bytes.length, 2), 2))
                .containsExactly(0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11);
        rows.requireReadOnce();
    }

    /** A row of 300,000 bytes ends in the midst of a piece of a mebibyte, and so does a head's part. */
    @Test
    void rowsThatEndWithinAPieceAreWholeAndNoPieceIsLargerThanAMebibyte() {
        int row = 300_000;
        Counted rows = Counted.rows(row);
        assertThat(numbers(RowOrder.pairsTogether(rows, rows.bytes.length, 3, 4), row))
                .containsExactly(0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11);
        rows.requireReadOnce();
        Counted heads = Counted.rows(row);
        assertThat(numbers(RowOrder.headsApart(heads, heads.bytes.length, 2), row))
                .containsExactly(0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11);
        heads.requireReadOnce();
        assertThat(rows.longest).isLessThanOrEqualTo(1 << 20);
    }

    /** Bounds of one row of the result, some rows with and without a rest, and more than all of it. */
    @ParameterizedTest
    @CsvSource({"1, 4", "600, 4", "1400, 4", "5000, 4", "1000000, 4", "1, 2", "700, 2", "1000000, 2"})
    void aMatrixIsTurnedInPiecesOfBoundedSizeAndEachByteIsReadOnce(int mostBytes, int elementBytes) {
        int rows = 150;
        int columns = 37;
        Counted matrix = new Counted(new byte[rows * columns * elementBytes]);
        new Random(1).nextBytes(matrix.bytes);
        List<Integer> sizes = new ArrayList<>();
        ByteArrayOutputStream turned = new ByteArrayOutputStream();
        RowOrder.transposed(matrix, rows, columns, elementBytes, mostBytes).forEach(piece -> {
            sizes.add(piece.remaining());
            turned.writeBytes(bytes(piece));
        });
        byte[] expected = new byte[matrix.bytes.length];
        for (int i = 0; i < expected.length; i++) {
            int element = i / elementBytes;
            int from = element % rows * columns + element / rows;
            expected[i] = matrix.bytes[from * elementBytes + i % elementBytes];
        }
        assertThat(turned.toByteArray()).isEqualTo(expected);
        matrix.requireReadOnce();
        int row = rows * elementBytes;
        assertThat(sizes).allMatch(size -> size % row == 0 && size <= Math.max(mostBytes, row));
    }

    private static List<Integer> numbers(Iterable<ByteBuffer> pieces, int rowBytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(piece -> all.writeBytes(bytes(piece)));
        List<Integer> rows = new ArrayList<>();
        byte[] bytes = all.toByteArray();
        for (int at = 0; at < bytes.length; at += rowBytes) {
            rows.add((int) bytes[at]);
            for (int i = 1; i < rowBytes; i++) {
                assertThat(bytes[at + i] == 77).as("a row stays whole").isTrue();
            }
        }
        return rows;
    }

    private static byte[] bytes(ByteBuffer piece) {
        byte[] bytes = new byte[piece.remaining()];
        piece.duplicate().get(bytes);
        return bytes;
    }

    private static final class Counted implements RowOrder.Matrix {

        private final byte[] bytes;
        private final int[] reads;
        private int longest;

        private Counted(byte[] bytes) {
            this.bytes = bytes;
            this.reads = new int[bytes.length];
        }

        /** Each begins with its number. */
        private static Counted rows(int rowBytes) {
            ByteBuffer all = ByteBuffer.allocate(ROWS * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < all.capacity(); i++) {
                all.put((byte) (i % rowBytes == 0 ? i / rowBytes : 77));
            }
            return new Counted(all.array());
        }

        @Override
        public void read(long from, ByteBuffer into) {
            longest = Math.max(longest, into.remaining());
            for (int i = 0; i < into.remaining(); i++) {
                reads[(int) from + i]++;
            }
            into.put(bytes, (int) from, into.remaining());
        }

        private void requireReadOnce() {
            assertThat(reads).containsOnly(1);
        }
    }
}
