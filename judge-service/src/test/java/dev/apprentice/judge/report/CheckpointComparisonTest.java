package dev.apprentice.judge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.contracts.event.Report.Comparison;
import dev.apprentice.contracts.event.Report.Interval;
import dev.apprentice.contracts.event.Report.Outcome;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.ScoreBuilder;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.metrics.ReferenceMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointComparisonTest {

    @Test
    void aMeansIntervalIsAsWideAsTheNormalDistributionSays() {
        int examples = 400;
        Random random = new Random(5);
        double[] values = random.doubles(examples).toArray(); // standard deviation 1 / sqrt(12)

        Interval interval = CheckpointReport.of(scores(examples, "m", i -> values[i]), List.of()).intervals().get("m");

        double half = 1.96 / Math.sqrt(12) / Math.sqrt(examples);
        double mean = Arrays.stream(values).average().orElseThrow();
        assertThat(interval.low()).isCloseTo(mean - half, within(0.1 * half));
        assertThat(interval.high()).isCloseTo(mean + half, within(0.1 * half));
    }

    @Test
    void oneExampleTellsNothingAboutTheOthers() {
        assertThat(CheckpointReport.of(scores(1, "m", i -> 0.5), List.of()).intervals()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, NOISE, 1", "4, NOISE, 0.125", "5, NOISE, 0.0625", "7, BETTER, 0.015625", "12, BETTER, 0.00048828125"})
    void aLeadOnEveryExampleIsProofFromTheSixthOn(int examples, Outcome outcome, double exact) {
        Comparison comparison = compare(scores(examples, "m", i -> 0.9), scores(examples, "m", i -> 0.1)).get("m");

        assertThat(comparison.outcome()).isEqualTo(outcome);
        // two of the 2^n ways to swap are as extreme; 1,000 ways are drawn
        assertThat(comparison.p()).isCloseTo(exact, within(0.002 + 3 * Math.sqrt(exact * (1 - exact) / 1000)));
        assertThat(comparison.pairs()).isEqualTo(examples);
    }

    @Test
    void aDifferenceThatChanceMakesIsCalledNoise() {
        Random random = new Random(9);
        List<Score> one = scores(110, "m", i -> random.nextDouble());
        List<Score> other = scores(110, "m", i -> random.nextDouble());

        Comparison comparison = compare(one, other).get("m");

        assertThat(comparison.difference()).isNotZero();
        assertThat(comparison.outcome()).isEqualTo(Outcome.NOISE);
        assertThat(comparison.low()).isNegative();
        assertThat(comparison.high()).isPositive();
    }

    @Test
    void theTestCallsNoiseADifferenceAboutOnceInTwentyTimes() {
        Random random = new Random(1);
        int found = 0;
        for (int trial = 0; trial < 200; trial++) {
            List<Score> one = scores(30, "m", i -> random.nextDouble());
            List<Score> other = scores(30, "m", i -> random.nextDouble());
            found += compare(one, other).get("m").outcome() == Outcome.NOISE ? 0 : 1;
        }
        assertThat(found).isBetween(3, 19); // 10 expected, within three standard deviations
    }

    @Test
    void equalAnswersAreNoiseWithCertainty() {
        List<Score> same = scores(50, "m", i -> i / 50.0);

        Comparison comparison = compare(same, same).get("m");

        assertThat(comparison).isEqualTo(new Comparison(0, 0, 0, 1, 50, Outcome.NOISE));
    }

    @Test
    void lowerIsBetterWhereItIsAndNothingIsBetterAboutLength() {
        assertThat(compare(scores(20, "truncated", i -> 0), scores(20, "truncated", i -> 1)).get("truncated").outcome())
                .isEqualTo(Outcome.BETTER);
        assertThat(compare(scores(20, "perplexity", i -> 9), scores(20, "perplexity", i -> 3)).get("perplexity").outcome())
                .isEqualTo(Outcome.WORSE);
        assertThat(compare(scores(20, "response_length", i -> 9), scores(20, "response_length", i -> 3))
                        .get("response_length").outcome())
                .isEqualTo(Outcome.DIFFERENT);
    }

    @Test
    void onlyExamplesThatBothHaveCountAndOnlyThoseWithTheFigure() {
        List<Score> mine = new ArrayList<>(scores(10, "m", i -> 1));
        List<Score> theirs = new ArrayList<>(scores(8, "m", i -> 0));
        theirs.set(0, ScoreBuilder.builder()
                .run("r")
                .step(0)
                .example("e0")
                .index(0)
                .of(10)
                .metrics(Map.of("other", 1.0))
                .build());

        Map<String, Comparison> comparisons = compare(mine, theirs);

        assertThat(comparisons).containsOnlyKeys("m");
        assertThat(comparisons.get("m").pairs()).isEqualTo(7);
        assertThat(comparisons.get("m").difference()).isEqualTo(1);
    }

    @Test
    void anExamsBleuIsThatOfItsSumsAndIsComparedToo() {
        ReferenceMetrics metrics = new ReferenceMetrics();
        List<Score> right = exam(metrics, "The dog bit the man in the park at noon");
        List<Score> wrong = exam(metrics, "A cat was asleep under some old tree there");

        assertThat(CheckpointReport.of(right, List.of()).metrics().get("bleu")).isCloseTo(100, within(1e-9));
        assertThat(compare(right, wrong).get("bleu").outcome()).isEqualTo(Outcome.BETTER);
        assertThat(compare(right, wrong).get("chrf").outcome()).isEqualTo(Outcome.BETTER);
    }

    private static List<Score> exam(ReferenceMetrics metrics, String answer) {
        return IntStream.range(0, 12)
                .mapToObj(i -> {
                    var grades = metrics.of(Samples.response(
                            "r", 0, i, 12, "The dog bit the man in the park at noon " + i, answer + " " + i));
                    return ScoreBuilder.builder()
                            .run("r")
                            .step(0)
                            .example("e" + i)
                            .index(i)
                            .of(12)
                            .metrics(grades.metrics())
                            .statistics(grades.statistics())
                            .build();
                })
                .toList();
    }

    private static Map<String, Comparison> compare(List<Score> one, List<Score> other) {
        return CheckpointComparison.of(one, other);
    }

    private static List<Score> scores(int examples, String metric, IntToDoubleFunction value) {
        return IntStream.range(0, examples)
                .mapToObj(i -> ScoreBuilder.builder()
                        .run("r")
                        .step(0)
                        .example("e" + i)
                        .index(i)
                        .of(examples)
                        .metrics(Map.of(metric, value.applyAsDouble(i)))
                        .build())
                .toList();
    }
}
