package dev.apprentice.judge.report;

import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Report.Interval;
import dev.apprentice.contracts.event.Report.JudgeSummary;
import dev.apprentice.contracts.event.ReportBuilder;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.judge.metrics.ExamFigure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Aggregates the scores of one checkpoint.
 *
 * <p>Equal scores give the same report bit for bit, in any order, because they are added in the exam's order.
 */
final class CheckpointReport {

    private CheckpointReport() {}

    /**
     * Creates the report on one checkpoint.
     *
     * @param scores the scores of one run and step: at least one, and one for each example
     * @param base the scores of the run's step 0; empty if there are none, or if this is step 0
     */
    static Report of(Collection<Score> scores, Collection<Score> base) {
        List<Score> exam = scores.stream().sorted(ExamTable.EXAM_ORDER).toList();
        SortedMap<String, List<Verdict>> judges = JudgeSummaries.byJudge(exam);
        Figures figures = Figures.of(exam);
        return ReportBuilder.builder()
                .run(exam.get(0).run())
                .step(exam.get(0).step())
                .questions(questions(exam))
                .graded((int) exam.stream().filter(score -> score.whole() && score.unanswered().isEmpty()).count())
                .judges(summaries(judges))
                .metrics(figures.metrics(judges.keySet()))
                .sinceBase(base.isEmpty() ? Map.of() : difference(figures.values, Figures.values(base)))
                .note(Notes.of(exam, judges))
                .intervals(figures.intervals)
                .againstBase(base.isEmpty() ? Map.of() : CheckpointComparison.of(exam, base))
                .distributions(JudgeSummaries.distributions(judges))
                .unanswered(Optional.of((int) exam.stream().filter(score -> score.unanswered().isPresent()).count())
                        .filter(unanswered -> unanswered > 0))
                .build();
    }

    /** Returns the size of the exam: the largest size that a score states, and at least the number of scores. */
    private static int questions(List<Score> exam) {
        return Math.max(exam.size(), exam.stream().mapToInt(Score::of).max().orElseThrow());
    }

    private static List<JudgeSummary> summaries(SortedMap<String, List<Verdict>> judges) {
        return judges.entrySet().stream().map(judge -> JudgeSummaries.of(judge.getKey(), judge.getValue())).toList();
    }

    private static SortedMap<String, Double> difference(
            SortedMap<String, Double> now, SortedMap<String, Double> base) {
        SortedMap<String, Double> difference = new TreeMap<>();
        now.forEach((name, value) -> {
            if (base.containsKey(name)) {
                difference.put(name, value - base.get(name));
            }
        });
        return difference;
    }

    /**
     * The figures of an exam and their confidence intervals, by name.
     *
     * @param values metrics, and judges' means under {@code judge:} and their names
     * @param intervals the values' confidence intervals
     */
    private record Figures(SortedMap<String, Double> values, SortedMap<String, Interval> intervals) {

        static Figures of(List<Score> exam) {
            ExamTable table = ExamTable.of(List.copyOf(ExamFigure.of(exam).values()), exam);
            SortedMap<String, Double> values = values(table);
            SortedMap<String, Interval> intervals = new TreeMap<>();
            if (!values.isEmpty()) {
                Optional<Interval>[] found = Resampling.intervals(table);
                for (int figure = 0; figure < found.length; figure++) {
                    String name = table.figures().get(figure).name();
                    found[figure].filter(interval -> values.containsKey(name))
                            .ifPresent(interval -> intervals.put(name, interval));
                }
            }
            return new Figures(values, intervals);
        }

        static SortedMap<String, Double> values(Collection<Score> scores) {
            List<Score> exam = scores.stream().sorted(ExamTable.EXAM_ORDER).toList();
            return values(ExamTable.of(List.copyOf(ExamFigure.of(exam).values()), exam));
        }

        private static SortedMap<String, Double> values(ExamTable table) {
            SortedMap<String, Double> values = new TreeMap<>();
            double[] found = table.values(table.sums());
            for (int figure = 0; figure < found.length; figure++) {
                if (Double.isFinite(found[figure])) {
                    values.put(table.figures().get(figure).name(), found[figure]);
                }
            }
            return values;
        }

        /** Returns all figures except judges' means, which are in the judges' summaries. */
        SortedMap<String, Double> metrics(Set<String> judges) {
            SortedMap<String, Double> metrics = new TreeMap<>(values);
            judges.forEach(judge -> metrics.remove(ExamFigure.JUDGE + judge));
            return metrics;
        }
    }
}
