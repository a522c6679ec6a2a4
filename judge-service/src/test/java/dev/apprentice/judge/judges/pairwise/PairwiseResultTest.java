package dev.apprentice.judge.judges.pairwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.chat.answer.Reading;
import dev.apprentice.judge.judges.judging.JudgeAnswer;
import dev.apprentice.judge.judges.pairwise.PairwiseVerdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairwiseResultTest {

    private static final double A = 1;
    private static final double B = 0;
    private static final double EQUAL = 0.5;

    @ParameterizedTest
    @CsvSource({
        "1, 0, FIRST", "0, 1, SECOND", "0.5, 0.5, TIE",
        "1, 1, FLIPPED", "0, 0, FLIPPED", "1, 0.5, FLIPPED", "0.5, 0, FLIPPED",
    })
    void anExampleIsWonByTheAnswerThatWinsInBothOrders(double straight, double swapped, Outcome outcome) {
        assertThat(verdict("x", "y", straight, swapped).outcome()).isEqualTo(outcome);
    }

    @Test
    void anExampleWhoseJudgeCannotBeReadDoesNotCount() {
        PairwiseVerdict verdict = PairwiseVerdict.of("e", "x", "y", answer(Optional.of(A)), answer(Optional.empty()));

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNREADABLE);
        assertThat(result(List.of(verdict)).winRate()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', x, SECOND", "x, ' ', FIRST", "'', '', TIE", "same, same, TIE"})
    void nobodyIsAskedAboutAnEmptyAnswerOrTheSameOne(String first, String second, Outcome outcome) {
        assertThat(PairwiseVerdict.unasked("e", first, second).outcome()).isEqualTo(outcome);
    }

    @Test
    void theWinRateCountsTiesHalfAndHasTheStandardErrorOfAMean() {
        List<PairwiseVerdict> verdicts = new ArrayList<>();
        double[] points = {1, 1, 1, 0, 0.5, 0.5};
        verdicts.add(verdict("long answer", "short", A, B));
        verdicts.add(verdict("long answer", "short", A, B));
        verdicts.add(verdict("long answer", "short", A, B));
        verdicts.add(verdict("xx", "x", B, A));
        verdicts.add(verdict("x", "y", EQUAL, EQUAL));
        verdicts.add(verdict("x", "y", A, A));

        PairwiseResult result = result(verdicts);

        assertThat(List.of(result.wins(), result.losses(), result.ties(), result.flipped())).containsExactly(3, 1, 1, 1);
        assertThat(result.winRate().orElseThrow()).isCloseTo(4.0 / 6, within(1e-12));
        double deviation = new StandardDeviation().evaluate(points);
        assertThat(result.standardError().orElseThrow()).isCloseTo(deviation / Math.sqrt(6), within(1e-12));
        assertThat(result.winnerLength().orElseThrow()).isCloseTo((3 * 11 + 1) / 4.0, within(1e-12));
        assertThat(result.loserLength().orElseThrow()).isCloseTo((3 * 5 + 2) / 4.0, within(1e-12));
        assertThat(result.positionBias().orElseThrow()).as("6 of 10 decided answers liked what came first")
                .isCloseTo(0.6, within(1e-12));
        assertThat(result.complete()).isTrue();
    }

    private static PairwiseResult result(List<PairwiseVerdict> verdicts) {
        return PairwiseResult.of(
                new PairwisePlan("0a", new Contestant("r", 9), new Contestant("r", 0), "j", "m", "preference", "v",
                        verdicts.size()),
                verdicts);
    }

    private static PairwiseVerdict verdict(String first, String second, double straight, double swapped) {
        return PairwiseVerdict.of("e", first, second, answer(Optional.of(straight)), answer(Optional.of(swapped)));
    }

    private static JudgeAnswer answer(Optional<Double> preference) {
        return new JudgeAnswer(
                "", preference.map(score -> new Reading(score, Optional.of("because"))), 1, Optional.empty(),
                Optional.empty(), Optional.empty(), false, false);
    }
}
