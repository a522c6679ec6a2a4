package dev.apprentice.judge.report;

import dev.apprentice.contracts.Report;
import dev.apprentice.contracts.Report.JudgeSummary;
import dev.apprentice.contracts.Score;
import dev.apprentice.contracts.Score.Verdict;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Adds the scores of one checkpoint up.
 *
 * <p>The same scores give the same report to the bit, in whatever order they come: they are added in the exam's order.
 */
final class CheckpointReport {

    static final String NO_JUDGE =
            "No judge model is configured; the figures are reference metrics, not a judge's scores.";

    private static final Comparator<Score> EXAM_ORDER =
            Comparator.comparingInt(Score::index).thenComparing(Score::example);

    private CheckpointReport() {}

    /**
     * The report on one checkpoint.
     *
     * @param scores of one run and step, at least one, one for each example
     * @param base the report on the run's step 0, where there is one
     */
    static Report of(Collection<Score> scores, Optional<Report> base) {
        List<Score> exam = scores.stream().sorted(EXAM_ORDER).toList();
        Score any = exam.get(0);
        Map<String, Double> metrics = metrics(exam);
        List<JudgeSummary> judges = judges(exam);
        return new Report(
                any.run(),
                any.step(),
                questions(exam),
                exam.size(),
                judges,
                metrics,
                base.map(zero -> difference(means(metrics, judges), means(zero.metrics(), zero.judges())))
                        .orElse(new TreeMap<>()),
                note(exam, judges));
    }

    /** Scores that disagree on the exam's size are taken at their largest word. */
    private static int questions(List<Score> exam) {
        return Math.max(exam.size(), exam.stream().mapToInt(Score::of).max().orElseThrow());
    }

    private static Map<String, Double> metrics(List<Score> exam) {
        Means means = new Means();
        exam.forEach(score -> score.metrics().forEach(means::add));
        return means.all();
    }

    private static List<JudgeSummary> judges(List<Score> exam) {
        SortedSet<String> names = new TreeSet<>();
        Means scored = new Means();
        Means unreadable = new Means();
        for (Score score : exam) {
            for (Verdict verdict : score.verdicts()) {
                names.add(verdict.judge());
                verdict.score().ifPresentOrElse(
                        value -> scored.add(verdict.judge(), value),
                        () -> unreadable.add(verdict.judge(), 1));
            }
        }
        return names.stream()
                .map(judge -> new JudgeSummary(judge, scored.of(judge), scored.count(judge), unreadable.count(judge)))
                .toList();
    }

    /** Everything that has a mean, named as {@link Report#sinceBase()} does. */
    private static SortedMap<String, Double> means(Map<String, Double> metrics, List<JudgeSummary> judges) {
        SortedMap<String, Double> means = new TreeMap<>(metrics);
        judges.forEach(judge -> judge.mean().ifPresent(mean -> means.put("judge:" + judge.judge(), mean)));
        return means;
    }

    private static SortedMap<String, Double> difference(
            SortedMap<String, Double> now, SortedMap<String, Double> base) {
        SortedMap<String, Double> difference = new TreeMap<>();
        now.forEach((name, mean) -> {
            if (base.containsKey(name)) {
                difference.put(name, mean - base.get(name));
            }
        });
        return difference;
    }

    private static Optional<String> note(List<Score> exam, List<JudgeSummary> judges) {
        if (judges.isEmpty()) {
            return Optional.of(NO_JUDGE);
        }
        long unjudged = exam.stream().filter(score -> score.verdicts().isEmpty()).count();
        if (unjudged > 0) {
            return Optional.of(unjudged + " of " + exam.size() + " responses were graded while no judge model was"
                    + " configured; they count in the reference metrics, not in a judge's mean.");
        }
        return Optional.empty();
    }
}
