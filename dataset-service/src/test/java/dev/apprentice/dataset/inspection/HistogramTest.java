package dev.apprentice.dataset.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.dataset.inspection.Histogram.Part;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void fewExamplesMakeFewPartsHoweverFarApartTheyAre() {
        assertThat(Histogram.of(counts(8))).containsExactly(new Part(8, 8, 1));
        assertThat(Histogram.of(counts(8, 8, 286)))
                .containsExactly(new Part(0, 99, 2), new Part(100, 199, 0), new Part(200, 299, 1));
        assertThat(Histogram.of(counts(12, 14, 15, 4_000))).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void manyExamplesMakeAtMostTwentyPartsThatHoldAllOfThem() {
        List<Part> parts = Histogram.of(counts(IntStream.range(0, 5_000).map(i -> 3 + i % 777).toArray()));
        assertThat(parts).hasSizeBetween(8, 20);
        assertThat(parts.stream().mapToInt(Part::count).sum()).isEqualTo(5_000);
        assertThat(parts.get(0).from()).isLessThanOrEqualTo(3);
        assertThat(parts.get(parts.size() - 1).to()).isGreaterThanOrEqualTo(779);
    }

    private static NavigableMap<Integer, Integer> counts(int... lengths) {
        NavigableMap<Integer, Integer> counts = new TreeMap<>();
        for (int length : lengths) {
            counts.merge(length, 1, Integer::sum);
        }
        return counts;
    }
}
