package dev.apprentice.judge.report;

import static dev.apprentice.judge.Samples.judged;
import static dev.apprentice.judge.Samples.score;
import static dev.apprentice.judge.Samples.scored;
import static dev.apprentice.judge.Samples.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.contracts.Report;
import dev.apprentice.contracts.Report.JudgeSummary;
import dev.apprentice.contracts.Score;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CheckpointReportTest {

    @Test
    void saysInWordsThatNoJudgeIsConfigured() {
        Report report = report(score("r", 0, 0, 2, 0.25), score("r", 0, 1, 2, 0.75));

        assertThat(report.judges()).isEmpty();
        assertThat(report.metrics()).containsExactly(entry("token_f1", 0.5));
        assertThat(report.note()).contains(
                "No judge model is configured; the figures are reference metrics, not a judge's scores.");
        assertThat(report.complete()).isTrue();
    }

    @Test
    void anAnswerThatCannotBeReadIsCountedApart() {
        Report report = report(
                judged("r", 0, 0, 3, scored("llama", 80)),
                judged("r", 0, 1, 3, unreadable("llama", "no idea")),
                judged("r", 0, 2, 3, scored("llama", 0)));

        assertThat(report.judges()).containsExactly(new JudgeSummary("llama", Optional.of(40.0), 2, 1));
        assertThat(report.note()).isEmpty();
    }

    @Test
    void aJudgeNobodyCouldReadHasNoMean() {
        Report report = report(judged("r", 0, 0, 1, unreadable("llama", "no idea")));

        assertThat(report.judges()).containsExactly(new JudgeSummary("llama", Optional.empty(), 0, 1));
    }

    @Test
    void eachOfSeveralJudgesHasItsOwnMean() {
        Report report = report(
                judged("r", 0, 0, 2, scored("b", 10), scored("a", 20)),
                judged("r", 0, 1, 2, scored("b", 30), scored("a", 40)));

        assertThat(report.judges())
                .containsExactly(
                        new JudgeSummary("a", Optional.of(30.0), 2, 0), new JudgeSummary("b", Optional.of(20.0), 2, 0));
    }

    @Test
    void responsesWithoutAVerdictAmongOthersAreMentioned() {
        Report report = report(judged("r", 0, 0, 2, scored("llama", 80)), score("r", 0, 1, 2, 0.5));

        assertThat(report.note().orElseThrow()).startsWith("1 of 2 responses were graded while no judge model was");
    }

    @Test
    void differencesAreTakenToTheBaseModelsMeans() {
        Report base = report(judged("r", 0, 0, 1, scored("llama", 12), scored("other", 50)));
        Report tuned = CheckpointReport.of(
                List.of(judged("r", 8, 0, 1, scored("llama", 60), unreadable("other", "?"))), Optional.of(base));

        assertThat(tuned.sinceBase()).containsExactly(entry("judge:llama", 48.0), entry("token_f1", 0.0));
    }

    @Test
    void isIncompleteUntilEveryQuestionIsGraded() {
        Report report = report(score("r", 0, 4, 5, 1));

        assertThat(report.graded()).isEqualTo(1);
        assertThat(report.questions()).isEqualTo(5);
        assertThat(report.complete()).isFalse();
    }

    @Test
    void scoresThatDisagreeOnTheExamsSizeStillGiveAReport() {
        Report report = report(score("r", 0, 0, 1, 1), score("r", 0, 1, 2, 1), score("r", 0, 2, 3, 1));

        assertThat(report.questions()).isEqualTo(3);
    }

    @Test
    void anyOrderOfTheSameScoresGivesTheSameBits() {
        Random random = new Random(7);
        List<Score> scores = new ArrayList<>();
        double plainSum = 0;
        for (int index = 0; index < 1_000; index++) {
            double value = Math.pow(random.nextDouble(), 9);
            plainSum += value;
            scores.add(score("r", 0, index, 1_000, value));
        }
        Report first = CheckpointReport.of(scores, Optional.empty());

        for (int shuffle = 0; shuffle < 20; shuffle++) {
            Collections.shuffle(scores, random);
            assertThat(CheckpointReport.of(scores, Optional.empty())).isEqualTo(first);
        }
        assertThat(first.metrics().get("token_f1")).isCloseTo(plainSum / 1_000, within(1e-12));
    }

    private static Report report(Score... scores) {
        return CheckpointReport.of(List.of(scores), Optional.empty());
    }
}
