package dev.apprentice.judge.page.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.ScoreBuilder;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.responses.ScoredResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void winsLossesAndTiesAreCountedOnTheExamplesThatBothHave() {
        Comparison comparison = Comparison.of(
                List.of(with(0, "token_f1", 0.9), with(1, "token_f1", 0.5), with(2, "token_f1", 0.1), with(3, "token_f1", 1)),
                List.of(with(2, "token_f1", 0.4), with(1, "token_f1", 0.5), with(0, "token_f1", 0.2), with(7, "token_f1", 0)));

        assertThat(comparison.tallies()).singleElement().satisfies(tally -> {
            assertThat(tally.examples()).isEqualTo(3);
            assertThat(List.of(tally.wins(), tally.losses(), tally.ties())).containsExactly(1, 1, 1);
            assertThat(tally.left()).isEqualTo((0.9 + 0.5 + 0.1) / 3);
        });
        assertThat(comparison.pairs(Optional.of(new Figure("token_f1")), Optional.of(Outcome.LOSS)))
                .singleElement()
                .satisfies(pair -> assertThat(pair.left().response().index()).isEqualTo(2));
    }

    @Test
    void theLowerPerplexityWins() {
        Comparison comparison = Comparison.of(List.of(with(0, "perplexity", 3)), List.of(with(0, "perplexity", 9)));

        assertThat(comparison.tallies().get(0).wins()).isEqualTo(1);
    }

    @Test
    void anExampleThatOneSideHasNoScoreForDecidesNothing() {
        ScoredResponse ungraded = new ScoredResponse(Samples.response("a-run", 1, 0, 1, "x", "y"), Optional.empty());

        Comparison comparison = Comparison.of(List.of(with(0, "token_f1", 1)), List.of(ungraded));

        assertThat(comparison.examples()).isEqualTo(1);
        assertThat(comparison.tallies()).isEmpty();
        assertThat(comparison.pairs(Optional.of(new Figure("token_f1")), Optional.of(Outcome.WIN))).isEmpty();
    }

    private static ScoredResponse with(int index, String metric, double value) {
        return new ScoredResponse(
                Samples.response("a-run", 1, index, 10, "x", "y"),
                Optional.of(ScoreBuilder.builder()
                        .run("a-run")
                        .step(1)
                        .example("e" + index)
                        .index(index)
                        .of(10)
                        .metrics(Map.of(metric, value))
                        .build()));
    }
}
