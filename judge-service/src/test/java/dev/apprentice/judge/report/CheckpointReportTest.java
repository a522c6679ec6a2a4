package dev.apprentice.judge.report;

import static dev.apprentice.judge.Samples.judged;
import static dev.apprentice.judge.Samples.score;
import static dev.apprentice.judge.Samples.scored;
import static dev.apprentice.judge.Samples.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Report.Distribution;
import dev.apprentice.contracts.event.Report.JudgeSummary;
import dev.apprentice.contracts.event.ReportJudgeSummaryBuilder;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.event.ScoreBuilder;
import dev.apprentice.contracts.event.ScoreVerdictBuilder;
import dev.apprentice.contracts.run.Scale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
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
    void tellsFiguresApartByTheExamplesCategory() {
        List<Score> base = List.of(graded(0, 0, "b", 0, 10), graded(0, 1, "a", 0, 20), graded(0, 2, "b", 0, 30));
        Report report = CheckpointReport.of(
                List.of(graded(9, 0, "b", 1, 40), graded(9, 1, "a", 0, 50), graded(9, 2, "b", 0, 80)), base);

        // "a" is example 1; "b" are examples 0 and 2
        assertThat(report.metrics()).containsOnlyKeys("exact_match", "exact_match [a]", "exact_match [b]", "rouge_l",
                "judge:llama [a]", "judge:llama [b]");
        assertThat(report.metrics())
                .containsEntry("exact_match [a]", 0.0)
                .containsEntry("exact_match [b]", 0.5)
                .containsEntry("judge:llama [a]", 50.0)
                .containsEntry("judge:llama [b]", 60.0);
        assertThat(report.sinceBase()).containsEntry("exact_match [b]", 0.5).containsEntry("judge:llama [b]", 40.0);
        assertThat(report.againstBase().get("judge:llama [b]").pairs()).isEqualTo(2);
        assertThat(report.intervals()).containsKey("exact_match [b]");
    }

    @Test
    void oneCategoryIsTheWholeExam() {
        Report report = report(graded(0, 0, "a", 0, 10), graded(0, 1, "a", 0, 20));

        assertThat(report.metrics()).containsOnlyKeys("exact_match", "rouge_l");
    }

    @Test
    void saysWhyFiguresAreToldApartByNoneOfManyCategories() {
        Report report = report(IntStream.range(0, 13).mapToObj(i -> graded(0, i, "c" + i, 0, 10)).toArray(Score[]::new));

        assertThat(report.metrics()).containsOnlyKeys("exact_match", "rouge_l");
        assertThat(report.note()).contains(
                "The examples are of 13 categories; figures by category are given for at most 12 categories, so there are none.");
    }

    private static Score graded(int step, int index, String category, double exactMatch, double score) {
        return ScoreBuilder.builder()
                .run("r")
                .step(step)
                .example("e" + index)
                .index(index)
                .of(13)
                .verdicts(List.of(scored("llama", score)))
                .metrics(Map.of("exact_match", exactMatch, "rouge_l", exactMatch))
                .category(category)
                .build();
    }

    @Test
    void anAnswerThatCannotBeReadIsCountedApart() {
        Report report = report(
                judged("r", 0, 0, 3, scored("llama", 80)),
                judged("r", 0, 1, 3, unreadable("llama", "no idea")),
                judged("r", 0, 2, 3, scored("llama", 0)));

        assertThat(brief(report)).containsExactly(ReportJudgeSummaryBuilder.builder()
                .judge("llama")
                .mean(40.0)
                .scored(2)
                .unreadable(1)
                .build());
        assertThat(report.judges().get(0).seconds()).contains(4.5);
        assertThat(report.note()).isEmpty();
    }

    @Test
    void aJudgeNobodyCouldReadHasNoMean() {
        Report report = report(judged("r", 0, 0, 1, unreadable("llama", "no idea")));

        assertThat(brief(report)).containsExactly(ReportJudgeSummaryBuilder.builder()
                .judge("llama")
                .scored(0)
                .unreadable(1)
                .build());
    }

    @Test
    void eachOfSeveralJudgesHasItsOwnMean() {
        Report report = report(
                judged("r", 0, 0, 2, scored("b", 10), scored("a", 20)),
                judged("r", 0, 1, 2, scored("b", 30), scored("a", 40)));

        assertThat(brief(report))
                .containsExactly(
                        ReportJudgeSummaryBuilder.builder().judge("a").mean(30.0).scored(2).unreadable(0).build(), ReportJudgeSummaryBuilder.builder()
                                .judge("b")
                                .mean(20.0)
                                .scored(2)
                                .unreadable(0)
                                .build());
    }

    @Test
    void responsesWithoutAVerdictAmongOthersAreMentioned() {
        Report report = report(judged("r", 0, 0, 2, scored("llama", 80)), score("r", 0, 1, 2, 0.5));

        assertThat(report.note().orElseThrow()).startsWith("1 of 2 responses were graded while no judge model was");
    }

    @Test
    void differencesAreTakenToTheBaseModelsMeans() {
        List<Score> base = List.of(judged("r", 0, 0, 1, scored("llama", 12), scored("other", 50)));
        Report tuned = CheckpointReport.of(
                List.of(judged("r", 8, 0, 1, scored("llama", 60), unreadable("other", "?"))), base);

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
        Report first = CheckpointReport.of(scores, List.of());

        for (int shuffle = 0; shuffle < 5; shuffle++) {
            Collections.shuffle(scores, random);
            assertThat(CheckpointReport.of(scores, List.of())).isEqualTo(first);
        }
        assertThat(first.metrics().get("token_f1")).isCloseTo(plainSum / 1_000, within(1e-12));
    }

    @Test
    void questionsThatWereCutAreCountedAndTold() {
        Verdict cut = ScoreVerdictBuilder.builder()
                .judge("llama")
                .unreadable("70")
                .seconds(1)
                .model("llama")
                .rubric("textbook")
                .rubricVersion("77aa")
                .promptTokens(2048)
                .answerTokens(2)
                .promptCut(true)
                .build();
        Report report = report(judged("r", 0, 0, 2, cut), judged("r", 0, 1, 2, scored("llama", 80)));

        assertThat(report.judges()).singleElement().satisfies(judge -> {
            assertThat(judge.mean()).contains(80.0);
            assertThat(judge.promptsCut()).contains(1);
            assertThat(judge.promptTokens()).contains(2048L);
        });
        assertThat(report.note().orElseThrow())
                .startsWith("1 of 2 questions to judge 'llama' were longer than its context and silently truncated by its server");
    }

    @Test
    void aJudgesScoresAreSpreadOverBinsThatFitItsScale() {
        Verdict four = ScoreVerdictBuilder.builder()
                .judge("five")
                .score(4.0)
                .seconds(1)
                .scale(new Scale(1, 5))
                .build();
        Report report = report(
                judged("r", 0, 0, 2, scored("llama", 100), four), judged("r", 0, 1, 2, scored("llama", 0), four));

        assertThat(report.distributions().get("judge:five"))
                .isEqualTo(new Distribution(0.5, 5.5, List.of(0, 0, 0, 2, 0)));
        assertThat(report.distributions().get("judge:llama").counts()).hasSize(20).startsWith(1).endsWith(1);
    }

    private static List<JudgeSummary> brief(Report report) {
        return report.judges().stream()
                .map(judge -> ReportJudgeSummaryBuilder.builder()
                        .judge(judge.judge())
                        .mean(judge.mean())
                        .scored(judge.scored())
                        .unreadable(judge.unreadable())
                        .build())
                .toList();
    }

    private static Report report(Score... scores) {
        return CheckpointReport.of(List.of(scores), List.of());
    }
}
