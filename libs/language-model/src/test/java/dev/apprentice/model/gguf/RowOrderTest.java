package dev.apprentice.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows have two bytes, of which the first is the row's number. The parts end anywhere, like those of a large matrix. */
class RowOrderTest {

    private static final int ROWS = 12;

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 7, 24, 1000})
    void aHeadsPairsStandTogetherWhateverTheParts(int part) {
        assertThat(rows(RowOrder.pairsTogether(parts(part), 2 * ROWS, 2, 6)))
                .containsExactly(0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 7, 24, 1000})
    void queriesComeBeforeKeysBeforeValuesWhateverTheParts(int part) {
        assertThat(rows(RowOrder.headsApart(parts(part), 2 * ROWS, 2))).containsExactly(0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11);
    }

    /** Returns parts in one buffer, each overwritten by the next, like those of a file. */
    private static Iterable<ByteBuffer> parts(int size) {
        byte[] all = new byte[2 * ROWS];
        for (int row = 0; row < ROWS; row++) {
            all[2 * row] = (byte) row;
            all[2 * row + 1] = 77;
        }
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start < all.length; start += size) {
            starts.add(start);
        }
        ByteBuffer one = ByteBuffer.allocate(Math.min(size, all.length));
        return () -> starts.stream()
                .map(start -> one.clear().put(all, start, Math.min(size, all.length - start)).flip())
                .iterator();
    }

    private static List<Integer> rows(Iterable<ByteBuffer> pieces) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pieces.forEach(piece -> {
            while (piece.hasRemaining()) {
                bytes.write(piece.get());
            }
        });
        List<Integer> rows = new ArrayList<>();
        for (int at = 0; at < bytes.size(); at += 2) {
            rows.add((int) bytes.toByteArray()[at]);
            assertThat(bytes.toByteArray()[at + 1]).as("a row stays whole").isEqualTo((byte) 77);
        }
        return rows;
    }
}
