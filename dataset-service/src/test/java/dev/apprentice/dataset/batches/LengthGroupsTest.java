package dev.apprentice.dataset.batches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.dataset.table.Longs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LengthGroupsTest {

    private static final int BATCH = 8;
    private static final int WINDOW = 64;
    private static final int ROWS = 205;

    private final int[] lengths = new Random(1).ints(ROWS, 10, 200).toArray();
    private final int[] shuffled = Shuffle.order(ROWS, 7, 1);
    private final int[] grouped = group(WINDOW, 7, 1);

    private int[] group(int window, long seed, int epoch) {
        Longs order = new Longs(Path.of("unused"));
        for (int place = 0; place < ROWS; place++) {
            order.set(place, shuffled[place]);
        }
        new LengthGroups(window, BATCH, row -> lengths[row]).group(order, ROWS, seed, epoch);
        return IntStream.range(0, ROWS).map(place -> (int) order.get(place)).toArray();
    }

    @Test
    void everyRowIsThereOnceAndInItsWindow() {
        for (int begin = 0; begin < ROWS; begin += WINDOW) {
            int end = Math.min(begin + WINDOW, ROWS);
            assertThat(Arrays.stream(grouped, begin, end).sorted()).containsExactly(
                    Arrays.stream(shuffled, begin, end).sorted().boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void theRowsOfABatchAreOfLikeLength() {
        assertThat(spread(grouped)).isLessThan(spread(shuffled) / 3);
    }

    /** Returns the sum, over the full batches, of the difference between the longest row and the shortest. */
    private int spread(int[] order) {
        return IntStream.range(0, ROWS / BATCH)
                .map(batch -> {
                    int[] ofBatch = Arrays.stream(order, batch * BATCH, (batch + 1) * BATCH).map(row -> lengths[row]).sorted().toArray();
                    return ofBatch[BATCH - 1] - ofBatch[0];
                })
                .sum();
    }

    @Test
    void batchesDoNotGoFromShortToLong() {
        int[] firsts = IntStream.range(0, WINDOW / BATCH).map(batch -> lengths[grouped[batch * BATCH]]).toArray();
        assertThat(firsts).isNotEqualTo(Arrays.stream(firsts).sorted().toArray());
    }

    @Test
    void whatFillsNoBatchStaysWhereTheShufflePutIt() {
        assertThat(Arrays.copyOfRange(grouped, ROWS / BATCH * BATCH, ROWS))
                .isEqualTo(Arrays.copyOfRange(shuffled, ROWS / BATCH * BATCH, ROWS));
    }

    @Test
    void theSameSeedAndEpochGiveTheSameOrderAndOthersAnother() {
        assertThat(group(WINDOW, 7, 1)).isEqualTo(grouped);
        assertThat(group(WINDOW, 8, 1)).isNotEqualTo(grouped);
        assertThat(group(WINDOW, 7, 2)).isNotEqualTo(grouped);
    }

    @Test
    void aWindowIsAtLeastOneBatch() {
        assertThat(group(1, 7, 1)).hasSize(ROWS);
    }
}
