package dev.apprentice.judge.page.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {

    /** The examples in SciPy's documentation of pearsonr, spearmanr and kendalltau. */
    @Test
    void theCoefficientsAreThosePublished() {
        Agreement pearson = agreement(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0), List.of(10.0, 9.0, 2.5, 6.0, 4.0, 3.0, 2.0));
        Agreement spearman = agreement(List.of(1.0, 2.0, 3.0, 4.0, 5.0), List.of(5.0, 6.0, 7.0, 8.0, 7.0));
        Agreement kendall = agreement(List.of(12.0, 2.0, 1.0, 12.0, 2.0), List.of(1.0, 4.0, 7.0, 1.0, 0.0));

        assertThat(pearson.pearson().orElseThrow()).isCloseTo(-0.828503883588428, within(1e-12));
        assertThat(spearman.spearman().orElseThrow()).isCloseTo(0.8207826816681233, within(1e-12));
        assertThat(kendall.kendall().orElseThrow()).isCloseTo(-0.47140452079103173, within(1e-12));
    }

    /** SciPy 1.17.1: pearsonr, spearmanr and kendalltau (tau-b) of scores with ties, which judges' scores often have. */
    @Test
    void scoresThatTieAreRankedAsSciPyRanksThem() {
        Agreement agreement = agreement(
                List.of(90.0, 80.0, 80.0, 55.0, 100.0, 10.0, 35.0, 60.0, 60.0, 75.0),
                List.of(4.0, 5.0, 4.0, 3.0, 5.0, 1.0, 1.0, 3.0, 4.0, 2.0));

        assertThat(agreement.pearson().orElseThrow()).isCloseTo(0.8310509414621711, within(1e-12));
        assertThat(agreement.spearman().orElseThrow()).isCloseTo(0.8349922655688706, within(1e-12));
        assertThat(agreement.kendall().orElseThrow()).isCloseTo(0.7081601212329812, within(1e-12));
    }

    @Test
    void whatHasNoMeaningIsLeftOut() {
        assertThat(agreement(List.of(1.0, 2.0), List.of(1.0, 2.0)).pearson()).as("two pairs").isEmpty();
        Agreement constant = agreement(List.of(3.0, 3.0, 3.0), List.of(1.0, 2.0, 3.0));
        assertThat(constant.pearson()).isEmpty();
        assertThat(constant.spearman()).isEmpty();
        assertThat(constant.kendall()).isEmpty();
        assertThat(constant.pairs()).isEqualTo(3);
    }

    @Test
    void aCsvFileIsReadWithAndWithoutItsHeading() {
        List<OtherScore> scores = List.of(new OtherScore("e0", 4.0), new OtherScore("e1", 2.5));

        assertThat(CsvScores.read("example,score\ne0,4\r\n\ne1, 2.5\n")).isEqualTo(scores);
        assertThat(CsvScores.read("\"e0\",4\n\"e1\",2.5")).isEqualTo(scores);
        assertThatThrownBy(() -> CsvScores.read("e0,4\ne1;5")).hasMessage(
                "record 2 is 'e1;5'; it must be an example's id, a comma and a finite number");
        assertThatThrownBy(() -> CsvScores.read("e0,4\ne1,NaN")).hasMessageStartingWith("record 2 is 'e1,NaN'; it must be");
        assertThatThrownBy(() -> CsvScores.read("\"e0,4\ne1,5")).hasMessageStartingWith("not CSV: ");
    }

    /** JSON has no NaN, but Jackson reads the string "NaN" as one. */
    @Test
    void aScoreThatIsNoNumberIsTheClientsMistake() {
        AgreementResource agreement = new AgreementResource(null);

        assertThatThrownBy(() -> agreement.withJson("r", "0", List.of(new OtherScore("e0", 1.0), new OtherScore("e1", Double.NaN))))
                .isInstanceOfSatisfying(HttpProblem.class, problem -> {
                    assertThat(problem.getStatusCode()).isEqualTo(400);
                    assertThat(problem.getDetail()).isEqualTo("the score of example 'e1' is NaN; it must be a finite number");
                });
    }

    private static Agreement agreement(List<Double> ours, List<Double> theirs) {
        return Agreement.of("judge:x", ours, theirs);
    }
}
