package dev.apprentice.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.cli.client.answer.Answered;
import dev.apprentice.cli.client.answer.AnsweredExample;
import dev.apprentice.cli.client.answer.StepReport;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.ProgressFiguresBuilder;
import dev.apprentice.contracts.event.Report.Comparison;
import dev.apprentice.contracts.event.Report.JudgeSummary;
import dev.apprentice.contracts.event.Report.Outcome;
import dev.apprentice.contracts.event.ReportJudgeSummaryBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void drawsLossesFromTheHighestDownToTheLowest() {
        List<String> chart = LossChart.draw(List.of(evaluation(0, 4.0, 4.0), evaluation(50, 2.0, 3.0), evaluation(100, 1.0, 2.0)), 29);

        // 12 rows: 4.0 is in the first, 1.0 in the last; columns 0 to 19 stand for the steps 0 to 100
        assertThat(chart.get(0)).isEqualTo(" 4.000 |o");
        assertThat(chart.get(11)).isEqualTo(" 1.000 |" + " ".repeat(19) + ".");
        assertThat(chart.get(13)).startsWith("        0").endsWith("step 100");
        assertThat(chart.get(14)).contains(". training loss", "o validation loss");
    }

    @Test
    void saysThatThereIsNoLossInsteadOfDrawingNothing() {
        assertThat(LossChart.draw(List.of(), 80)).containsExactly("No loss has been measured.");
    }

    @Test
    void drawsOneLossWithoutASpan() {
        assertThat(LossChart.draw(List.of(evaluation(0, 4.0, 4.0)), 80)).anyMatch(line -> line.endsWith("|o"));
    }

    @Test
    void setsTheBaseBesideTheTunedModel() {
        JudgeSummary judged = ReportJudgeSummaryBuilder.builder()
                .judge("llama3")
                .mean(48.25)
                .scored(108)
                .unreadable(2)
                .build();
        JudgeSummary unread = ReportJudgeSummaryBuilder.builder()
                .judge("llama3")
                .scored(0)
                .unreadable(110)
                .build();

        List<String> table = ScoreTable.draw(List.of(
                new StepReport(116, 110, 110, List.of(judged), Map.of("exact_match", 0.123), Optional.of("a note")),
                new StepReport(0, 110, 55, List.of(unread), Map.of("exact_match", 0.0), Optional.of("a note"))));

        assertThat(table).containsExactly(
                row("", "base", "step 116"),
                row("exact match ↑", "0.0 %", "12.3 %"),
                row("judge llama3 ↑", "-", "48.3"),
                row("  unreadable verdicts ↓", "110", "2"),
                row("graded", "55/110", "110/110"),
                "↑ higher is better, ↓ lower is better",
                "a note");
    }

    @Test
    void callsADifferenceInsideTheNoiseThatAndSharesPercentAlone() {
        JudgeSummary judged = ReportJudgeSummaryBuilder.builder()
                .judge("llama3")
                .mean(48.25)
                .scored(108)
                .unreadable(2)
                .build();
        List<String> table = ScoreTable.draw(List.of(
                new StepReport(0, 1, 1, List.of(judged), Map.of("bleu", 30.0, "token_f1", 0.5), Optional.empty()),
                new StepReport(9, 1, 1, List.of(judged), Map.of("bleu", 37.46, "token_f1", 0.51), Optional.empty(), Map.of(
                        "bleu", new Comparison(7.46, 1, 9, 0.01, 110, Outcome.BETTER),
                        "token_f1", new Comparison(0.01, -0.1, 0.1, 0.7, 110, Outcome.NOISE),
                        "judge:llama3", new Comparison(-1, -2, -0.5, 0.01, 110, Outcome.WORSE)))));

        assertThat(table).contains(
                row("bleu ↑", "30.0", "37.5 +"),
                row("token f1 ↑", "50.0 %", "51.0 % ~"),
                row("judge llama3 ↑", "48.3", "48.3 -"),
                "+ better than base, - worse, * different;"
                        + " ~ within noise: not significant (paired test, p >= 0.05)");
    }

    @Test
    void saysWhichWayIsBetterAndLeavesOutThatNothingIsWrong() {
        JudgeSummary judged = ReportJudgeSummaryBuilder.builder()
                .judge("m")
                .mean(1.0)
                .scored(4)
                .unreadable(0)
                .build();
        List<String> table = ScoreTable.draw(List.of(
                new StepReport(0, 4, 4, List.of(judged),
                        Map.of("perplexity", 9.0, "response_length", 20.0, "empty", 0.0, "truncated", 0.25), Optional.empty()),
                new StepReport(9, 4, 4, List.of(judged),
                        Map.of("perplexity", 2.0, "response_length", 10.0, "empty", 0.0, "truncated", 0.0), Optional.empty())));

        assertThat(table).containsExactly(
                row("", "base", "step 9"),
                row("perplexity ↓", "9.0", "2.0"),
                row("response length", "20.0", "10.0"),
                row("truncated ↓", "25.0 %", "0.0 %"),
                row("judge m ↑", "1.0", "1.0"),
                row("graded", "4/4", "4/4"),
                "↑ higher is better, ↓ lower is better");
    }

    @Test
    void aLongNameOfAJudgePutsNoFigureOutOfItsColumn() {
        String judge = "openai:qwen3-32b-instruct@five-point";
        List<String> table = ScoreTable.draw(List.of(new StepReport(
                0, 4, 4, List.of(ReportJudgeSummaryBuilder.builder()
                        .judge(judge)
                        .mean(2.5)
                        .scored(4)
                        .unreadable(0)
                        .build()), Map.of("bleu", 37.5), Optional.empty())));

        assertThat(table.subList(0, 4)).allSatisfy(line -> assertThat(line).hasSameSizeAs(table.get(0)));
        assertThat(table.get(2)).startsWith("judge " + judge + " ↑ ").endsWith(" 2.5");
    }

    @Test
    void showsTheFirstAndTheLastOfManyCheckpoints() {
        List<StepReport> many = IntStream.range(0, 20)
                .mapToObj(step -> new StepReport(step, 1, 1, List.of(), Map.of(), Optional.empty()))
                .toList();

        assertThat(ScoreTable.draw(many).get(0).strip().split(" {2,}"))
                .containsExactly("base", "step 16", "step 17", "step 18", "step 19");
    }

    @Test
    void setsAnswersSideBySide() {
        List<String> lines = SideBySide.draw(
                new Answered(0, List.of(example("\u0001\n\t")), 1), new Answered(9, List.of(example("It is\ncold.")), 1), 4, 80);

        assertThat(lines).containsExactly(
                "asked:     Name the opposite. | hot",
                "reference: Cold.",
                "base:      (nothing)",
                "tuned:     It is cold.",
                "");
    }

    private static AnsweredExample example(String response) {
        return new AnsweredExample("Name the opposite.", "hot", "Cold.", response);
    }

    private static String row(String name, String base, String tuned) {
        return String.format("%-26s%12s%12s", name, base, tuned);
    }

    private static Progress evaluation(int step, double trainLoss, double validationLoss) {
        return ProgressBuilder.builder()
                .run("r")
                .at(Instant.EPOCH)
                .phase(Phase.EVALUATING)
                .step(step)
                .epoch(1)
                .epochs(1)
                .figures(ProgressFiguresBuilder.builder()
                        .trainLoss(trainLoss)
                        .validationLoss(validationLoss)
                        .build())
                .tokensSeen(0)
                .build();
    }
}
