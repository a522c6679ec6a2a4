package dev.apprentice.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplerTest {

    private static final OptionalInt ALL = OptionalInt.empty();
    private static final int DRAWS = 20_000;

    /** The probabilities of ids 0 to 3. */
    private static final double[] PROBABILITIES = {0.1, 0.5, 0.25, 0.15};

    @Test
    void drawsAsOftenAsTheProbabilitiesSay() {
        double[] shares = shares(new Sampling(1, 1, ALL, 1, 0, 5));
        for (int id = 0; id < shares.length; id++) {
            assertThat(shares[id]).isCloseTo(PROBABILITIES[id], within(0.015));
        }
    }

    @Test
    void aTemperatureOfAHalfSquaresTheProbabilities() {
        double[] shares = shares(new Sampling(1, 0.5, ALL, 1, 0, 5));
        double sum = 0.01 + 0.25 + 0.0625 + 0.0225;
        assertThat(shares[1]).isCloseTo(0.25 / sum, within(0.015));
        assertThat(shares[0]).isCloseTo(0.01 / sum, within(0.015));
    }

    @Test
    void temperatureZeroTakesTheLikeliest() {
        assertThat(drawn(new Sampling(1, 0, ALL, 1, 0, 5))).containsExactly(1);
    }

    @Test
    void topKKeepsTheLikeliest() {
        assertThat(drawn(new Sampling(1, 1, OptionalInt.of(2), 1, 0, 5))).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource({"0.4, 1", "0.6, 2", "0.8, 3", "0.95, 4"})
    void topPKeepsThoseThatTogetherReachIt(double topP, int kept) {
        assertThat(drawn(new Sampling(1, 1, ALL, topP, 0, 5))).hasSize(kept);
    }

    @ParameterizedTest
    @CsvSource({"0.9, 1", "0.45, 2", "0.25, 3", "0.1, 4"})
    void minPKeepsThoseThatHaveThisShareOfTheLikeliest(double minP, int kept) {
        assertThat(drawn(new Sampling(1, 1, ALL, 1, minP, 5))).hasSize(kept);
    }

    @Test
    void theSameSeedDrawsTheSame() {
        Sampling sampling = new Sampling(1, 1, ALL, 1, 0, 42);
        assertThat(first100(sampling)).isEqualTo(first100(sampling));
        assertThat(first100(sampling)).isNotEqualTo(first100(new Sampling(1, 1, ALL, 1, 0, 43)));
    }

    /** Requests may have seeds such as 0, 1, 2. Their first draws must differ like draws of a single stream. */
    @Test
    void firstDrawsOfNeighbouringSeedsAreAsOftenAsTheProbabilitiesSay() {
        int[] first = IntStream.range(0, DRAWS)
                .map(seed -> new Sampler(new Sampling(1, 1, ALL, 1, 0, seed)).draw(logits(), IntStream.empty()))
                .toArray();
        for (int id = 0; id < PROBABILITIES.length; id++) {
            int drawn = id;
            assertThat(IntStream.of(first).filter(draw -> draw == drawn).count() / (double) DRAWS)
                    .isCloseTo(PROBABILITIES[id], within(0.015));
            assertThat(IntStream.of(first).limit(100).filter(draw -> draw == drawn).count() / 100.0)
                    .isCloseTo(PROBABILITIES[id], within(0.15));
        }
        assertThat(IntStream.range(1, DRAWS).filter(i -> first[i] == first[i - 1]).count() / (double) DRAWS)
                .as("neighbours that draw alike, the sum of the squared probabilities")
                .isCloseTo(0.345, within(0.015));
    }

    @Test
    void repetitionPenaltyLowersWhatIsThereAlreadyWhateverItsSign() {
        Sampler sampler = new Sampler(new Sampling(2, 0, ALL, 1, 0, 0));
        assertThat(sampler.draw(new float[] {3f, 2f, -1f}, IntStream.of(0, 0))).isEqualTo(1);
        assertThat(sampler.draw(new float[] {-1f, -1.5f, -9f}, IntStream.of(0))).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1, 0, repetitionPenalty is 0.0; it must be above 0",
        "1, -1, 1, 1, 0, temperature is -1.0; it must be at least 0",
        "1, 1, 0, 1, 0, topK is 0; it must be at least 1",
        "1, 1, 1, 0, 0, topP is 0.0; it must be above 0 and at most 1",
        "1, 1, 1, 1, 1, minP is 1.0; it must be from 0 to below 1"
    })
    void figuresOutOfTheirRangeAreRefused(
            double penalty, double temperature, int topK, double topP, double minP, String message) {
        assertThatThrownBy(() -> new Sampling(penalty, temperature, OptionalInt.of(topK), topP, minP, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static double[] shares(Sampling sampling) {
        Sampler sampler = new Sampler(sampling);
        double[] shares = new double[PROBABILITIES.length];
        for (int i = 0; i < DRAWS; i++) {
            shares[sampler.draw(logits(), IntStream.empty())] += 1.0 / DRAWS;
        }
        return shares;
    }

    private static Set<Integer> drawn(Sampling sampling) {
        Sampler sampler = new Sampler(sampling);
        Set<Integer> drawn = new TreeSet<>();
        for (int i = 0; i < 500; i++) {
            drawn.add(sampler.draw(logits(), IntStream.empty()));
        }
        return drawn;
    }

    private static int[] first100(Sampling sampling) {
        Sampler sampler = new Sampler(sampling);
        return IntStream.range(0, 100).map(i -> sampler.draw(logits(), IntStream.empty())).toArray();
    }

    /** Returns the logarithms of the probabilities plus a constant, which does not change the probabilities of logits. */
    private static float[] logits() {
        float[] logits = new float[PROBABILITIES.length];
        for (int id = 0; id < logits.length; id++) {
            logits[id] = (float) Math.log(PROBABILITIES[id]) + 1.5f;
        }
        return logits;
    }
}
