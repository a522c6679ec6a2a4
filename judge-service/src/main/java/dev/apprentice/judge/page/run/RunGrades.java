package dev.apprentice.judge.page.run;

import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Report.JudgeSummary;
import dev.apprentice.judge.run.RunSummary.BestScore;
import dev.apprentice.judge.run.RunSummary.Exams;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The grades in a run's row, computed from its reports. */
final class RunGrades {

    /** Metrics of which the first available one stands for a run without a judge; higher is better for all. */
    private static final List<String> METRICS = List.of("accuracy", "token_f1", "rouge_l", "exact_match");

    private RunGrades() {}

    static Exams exams(List<Report> steps) {
        return new Exams(
                steps.stream().mapToInt(Report::questions).sum(),
                steps.stream().mapToInt(Report::graded).sum(),
                (int) steps.stream().filter(Report::complete).count());
    }

    /** Returns the best score among completely graded checkpoints; the earliest if several are equal. */
    static Optional<BestScore> best(List<Report> steps) {
        List<Report> complete = steps.stream().filter(Report::complete).toList();
        return measures(complete)
                .map(measure -> best(measure, complete))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Stream<String> measures(List<Report> steps) {
        return Stream.concat(
                steps.stream().flatMap(report -> report.judges().stream()).map(JudgeSummary::judge).distinct().map(
                        judge -> "judge:" + judge),
                METRICS.stream());
    }

    private static Optional<BestScore> best(String measure, List<Report> steps) {
        return steps.stream()
                .flatMap(report -> mean(measure, report).map(mean -> new BestScore(measure, mean, report.step())).stream())
                .max(Comparator.comparingDouble(BestScore::value)
                        .thenComparing(Comparator.comparingInt(BestScore::step).reversed()));
    }

    private static Optional<Double> mean(String measure, Report report) {
        return report.judges().stream()
                .filter(judge -> measure.equals("judge:" + judge.judge()))
                .findFirst()
                .flatMap(JudgeSummary::mean)
                .or(() -> Optional.ofNullable(report.metrics().get(measure)));
    }
}
