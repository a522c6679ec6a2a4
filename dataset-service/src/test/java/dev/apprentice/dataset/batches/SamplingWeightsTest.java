package dev.apprentice.dataset.batches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingWeightsTest {

    private static int[] times(long seed) {
        SamplingWeights weights = new SamplingWeights(List.of(1.0, 0.3, 2.5), new int[] {10, 10_010, 10_110}, seed);
        return IntStream.range(0, 10_110).map(weights::times).toArray();
    }

    @Test
    void theWholePartOfAWeightIsCertainAndTheRestIsDrawnBySeed() {
        int[] times = times(1);

        assertThat(IntStream.of(times).limit(10)).containsOnly(1);
        // binomial: 3000 of 10000, standard deviation 46; 2.5 * 100 with deviation 5
        assertThat(IntStream.of(times).skip(10).limit(10_000).sum()).isBetween(2_750, 3_250);
        assertThat(IntStream.of(times).skip(10_010)).containsOnly(2, 3);
        assertThat(IntStream.of(times).skip(10_010).sum()).isBetween(222, 278);
        assertThat(times(1)).isEqualTo(times);
        assertThat(times(2)).isNotEqualTo(times);
    }
}
