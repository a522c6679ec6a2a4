package dev.apprentice.judge.page.download;

import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Report.Comparison;
import dev.apprentice.contracts.event.Report.Interval;
import dev.apprentice.contracts.event.Report.JudgeSummary;
import dev.apprentice.judge.metrics.ExamFigure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A run's report as a table: a row for each checkpoint and figure. */
public final class ReportTable {

    private static final List<String> HEADER = List.of(
            "run", "step", "figure", "value", "low", "high", "since_base", "p", "outcome", "graded", "questions", "unreadable");

    private ReportTable() {}

    public static Table of(List<Report> steps) {
        List<List<Object>> rows = new ArrayList<>();
        for (Report report : steps) {
            figures(report).forEach((figure, value) -> rows.add(row(report, figure, value)));
        }
        return new Table(HEADER, rows);
    }

    private static Map<String, Optional<Double>> figures(Report report) {
        Map<String, Optional<Double>> figures = new TreeMap<>();
        report.metrics().forEach((metric, value) -> figures.put(metric, Optional.of(value)));
        report.judges().forEach(judge -> figures.put(ExamFigure.JUDGE + judge.judge(), judge.mean()));
        return figures;
    }

    private static List<Object> row(Report report, String figure, Optional<Double> value) {
        Optional<Interval> interval = Optional.ofNullable(report.intervals().get(figure));
        Optional<Comparison> against = Optional.ofNullable(report.againstBase().get(figure));
        Optional<Integer> unreadable = report.judges().stream()
                .filter(judge -> figure.equals(ExamFigure.JUDGE + judge.judge()))
                .map(JudgeSummary::unreadable)
                .findFirst();
        return List.of(
                report.run(),
                report.step(),
                figure,
                orEmpty(value),
                orEmpty(interval.map(Interval::low)),
                orEmpty(interval.map(Interval::high)),
                orEmpty(Optional.ofNullable(report.sinceBase().get(figure))),
                orEmpty(against.map(Comparison::p)),
                orEmpty(against.map(test -> test.outcome().name().toLowerCase(Locale.ROOT))),
                report.graded(),
                report.questions(),
                orEmpty(unreadable));
    }

    private static Object orEmpty(Optional<?> value) {
        return value.map(Object.class::cast).orElse("");
    }
}
