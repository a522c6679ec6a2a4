package dev.apprentice.cli.report;

import dev.apprentice.cli.client.answer.StepReport;
import dev.apprentice.contracts.event.Report.JudgeSummary;
import dev.apprentice.contracts.event.Report.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Draws a table with scores as rows and a run's checkpoints as columns, the base model first. A mark after each figure compares
 * it with the base model's; a difference within chance is marked as noise.
 */
public final class ScoreTable {

    private static final int NAME = 26;
    private static final int CELL = 12;
    private static final int NAMED_STEPS = 5;
    private static final int HEAD_AND_GRADED = 2;
    private static final Map<Outcome, String> MARKS =
            Map.of(Outcome.BETTER, " +", Outcome.WORSE, " -", Outcome.DIFFERENT, " *", Outcome.NOISE, " ~");
    private static final String LEGEND = "+ better than base, - worse, * different;"
            + " ~ within noise: not significant (paired test, p >= 0.05)";

    private static final String PUBLISHED = "rouge_l";
    /** A figure that equals {@link #PUBLISHED} if all texts are ASCII. */
    private static final String ANY_SCRIPT = "rouge_l_unicode";

    private ScoreTable() {}

    /**
     * Returns the table's lines.
     *
     * @param reports one for each checkpoint; if there are many, the first and the last few are shown
     */
    public static List<String> draw(List<StepReport> reports) {
        List<StepReport> shown = firstAndLast(reports.stream().sorted(Comparator.comparingInt(StepReport::step)).toList());
        List<Row> rows = rows(shown);
        int width = Math.max(NAME, 1 + rows.stream().mapToInt(row -> row.name().length()).max().orElseThrow());
        List<String> lines = new ArrayList<>(rows.stream().map(row -> row.drawn(width)).toList());
        if (lines.size() > HEAD_AND_GRADED) {
            lines.add(Figures.LEGEND);
        }
        if (shown.stream().anyMatch(report -> !report.againstBase().isEmpty())) {
            lines.add(LEGEND);
        }
        shown.stream().map(StepReport::note).flatMap(Optional::stream).distinct().forEach(lines::add);
        return lines;
    }

    private static List<Row> rows(List<StepReport> shown) {
        List<Row> rows = new ArrayList<>();
        rows.add(row("", shown, report -> report.step() == 0 ? "base" : "step " + report.step()));
        for (String metric : metrics(shown)) {
            rows.add(row(Figures.nameAndWay(metric), shown, report -> Optional.ofNullable(report.metrics().get(metric))
                    .map(value -> Figures.value(metric, value)).orElse("-") + mark(report, metric)));
        }
        for (String judge : judges(shown)) {
            String figure = "judge:" + judge;
            rows.add(row(Figures.nameAndWay(figure), shown, report -> judge(report, judge).flatMap(JudgeSummary::mean)
                    .map(mean -> Figures.value(figure, mean)).orElse("-") + mark(report, figure)));
            if (shown.stream().flatMap(report -> judge(report, judge).stream()).anyMatch(summary -> summary.unreadable() > 0)) {
                rows.add(row("  unreadable verdicts ↓", shown, report ->
                        judge(report, judge).map(summary -> String.valueOf(summary.unreadable())).orElse("-")));
            }
        }
        rows.add(row("graded", shown, report -> report.graded() + "/" + report.questions()));
        return rows;
    }

    private static List<StepReport> firstAndLast(List<StepReport> reports) {
        if (reports.size() <= NAMED_STEPS) {
            return reports;
        }
        List<StepReport> shown = new ArrayList<>(List.of(reports.get(0)));
        shown.addAll(reports.subList(reports.size() - (NAMED_STEPS - 1), reports.size()));
        return shown;
    }

    private static Row row(String name, List<StepReport> reports, Function<StepReport, String> cell) {
        return new Row(name, reports.stream().map(cell).toList());
    }

    /** A figure's name and its value for each checkpoint. */
    private record Row(String name, List<String> cells) {

        String drawn(int width) {
            return String.format("%-" + width + "s", name)
                    + cells.stream().map(cell -> String.format("%" + CELL + "s", cell)).collect(Collectors.joining());
        }
    }

    /** Returns the metrics to show. It omits counts of faults that are 0 in every checkpoint, and the second of two equal ROUGE-L rows. */
    private static Set<String> metrics(List<StepReport> reports) {
        Set<String> names = new TreeSet<>();
        reports.forEach(report -> report.metrics().forEach((name, value) -> {
            if (!Figures.isGoodNews(name, value)) {
                names.add(name);
            }
        }));
        if (reports.stream().allMatch(report ->
                Objects.equals(report.metrics().get(ANY_SCRIPT), report.metrics().get(PUBLISHED)))) {
            names.remove(ANY_SCRIPT);
        }
        return names;
    }

    private static Set<String> judges(List<StepReport> reports) {
        Set<String> names = new LinkedHashSet<>();
        reports.forEach(report -> report.judges().forEach(summary -> names.add(summary.judge())));
        return names;
    }

    private static Optional<JudgeSummary> judge(StepReport report, String name) {
        return report.judges().stream().filter(summary -> summary.judge().equals(name)).findFirst();
    }

    private static String mark(StepReport report, String figure) {
        return Optional.ofNullable(report.againstBase().get(figure))
                .map(comparison -> MARKS.get(comparison.outcome()))
                .orElse("");
    }
}
