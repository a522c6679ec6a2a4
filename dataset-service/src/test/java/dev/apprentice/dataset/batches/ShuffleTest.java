package dev.apprentice.dataset.batches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.dataset.table.Longs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShuffleTest {

    /**
     * The expected orders were computed in Python from SplitMix64's published constants. A Java version with other draws would
     * reorder old runs.
     */
    @Test
    void isTheSameOnEveryJava() {
        assertThat(Shuffle.order(10, 123, 1)).containsExactly(1, 0, 7, 8, 3, 4, 2, 6, 5, 9);
        assertThat(Shuffle.order(10, 123, 2)).containsExactly(3, 8, 7, 6, 4, 9, 1, 5, 0, 2);
    }

    @Test
    void holdsEveryPlaceOnce() {
        int[] order = Shuffle.order(935, 123, 1);
        assertThat(Arrays.stream(order).sorted()).containsExactlyElementsOf(IntStream.range(0, 935).boxed().toList());
        assertThat(order).isNotEqualTo(IntStream.range(0, 935).toArray());
    }

    @Test
    void isTheSameInATable() {
        Longs order = new Longs(Path.of("unused"));
        Shuffle.order(order, 935, 123, 1);
        assertThat(IntStream.range(0, 935).map(place -> (int) order.get(place)).toArray()).isEqualTo(Shuffle.order(935, 123, 1));
    }

    @Test
    void differsFromEpochToEpoch() {
        assertThat(Shuffle.order(935, 123, 1)).isNotEqualTo(Shuffle.order(935, 123, 2));
    }
}
