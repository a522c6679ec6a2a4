package dev.apprentice.judge.report;

import dev.apprentice.contracts.event.Report.Comparison;
import dev.apprentice.contracts.event.Report.Interval;
import dev.apprentice.contracts.event.Report.Outcome;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.judge.metrics.ExamFigure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares each figure of two checkpoints on the examples that both have, and marks differences that are not significant as
 * noise.
 */
public final class CheckpointComparison {

    /** The significance level: a difference with a smaller p-value is not noise. */
    private static final double SIGNIFICANT = 0.05;

    private CheckpointComparison() {}

    /**
     * Compares the scores of two checkpoints, of one run or of two. Only examples in both exams count.
     *
     * @param scores the scores of the checkpoint that is called better or worse
     * @param base the scores of the other checkpoint
     * @return the comparisons by figure; figures that no example has in both are left out
     */
    public static SortedMap<String, Comparison> of(Collection<Score> scores, Collection<Score> base) {
        Map<String, Score> others = new HashMap<>();
        base.forEach(score -> others.put(score.example(), score));
        List<Score> mine = scores.stream()
                .filter(score -> others.containsKey(score.example()))
                .sorted(ExamTable.EXAM_ORDER)
                .toList();
        List<Score> theirs = mine.stream().map(score -> others.get(score.example())).toList();
        List<ExamFigure> figures = new ArrayList<>(ExamFigure.of(mine).values());
        SortedMap<String, ExamFigure> theirFigures = ExamFigure.of(theirs);
        figures.removeIf(figure -> !theirFigures.containsKey(figure.name())
                || theirFigures.get(figure.name()).width() != figure.width());
        return figures.isEmpty() ? new TreeMap<>() : compare(paired(figures, mine, theirs), figures);
    }

    private record Pair(ExamTable mine, ExamTable theirs, int[] pairs) {}

    /** Pairs the examples. A figure that an example lacks in one checkpoint does not count in the other either. */
    private static Pair paired(List<ExamFigure> figures, List<Score> mine, List<Score> theirs) {
        ExamTable a = ExamTable.of(figures, mine);
        ExamTable b = ExamTable.of(figures, theirs);
        int[] pairs = new int[figures.size()];
        int at = 0;
        for (int figure = 0; figure < figures.size(); figure++) {
            int width = figures.get(figure).width();
            for (int example = 0; example < mine.size(); example++) {
                if (figures.get(figure).row().apply(mine.get(example)).isPresent()
                        && figures.get(figure).row().apply(theirs.get(example)).isPresent()) {
                    pairs[figure]++;
                } else {
                    Arrays.fill(a.rows()[example], at, at + width, 0);
                    Arrays.fill(b.rows()[example], at, at + width, 0);
                }
            }
            at += width;
        }
        return new Pair(a, b, pairs);
    }

    private static SortedMap<String, Comparison> compare(Pair pair, List<ExamFigure> figures) {
        double[] mine = pair.mine.values(pair.mine.sums());
        double[] theirs = pair.theirs.values(pair.theirs.sums());
        double[] p = Resampling.pValues(pair.mine, pair.theirs);
        Optional<Interval>[] intervals = Resampling.differences(pair.mine, pair.theirs);
        SortedMap<String, Comparison> comparisons = new TreeMap<>();
        for (int i = 0; i < figures.size(); i++) {
            double difference = mine[i] - theirs[i];
            if (pair.pairs[i] > 0 && Double.isFinite(difference)) {
                Interval interval = intervals[i].orElse(new Interval(difference, difference));
                comparisons.put(figures.get(i).name(), new Comparison(
                        difference, interval.low(), interval.high(), p[i], pair.pairs[i],
                        outcome(figures.get(i), difference, p[i])));
            }
        }
        return comparisons;
    }

    private static Outcome outcome(ExamFigure figure, double difference, double p) {
        if (p >= SIGNIFICANT) {
            return Outcome.NOISE;
        }
        return switch (figure.better()) {
            case NEITHER -> Outcome.DIFFERENT;
            case HIGH -> difference > 0 ? Outcome.BETTER : Outcome.WORSE;
            case LOW -> difference < 0 ? Outcome.BETTER : Outcome.WORSE;
        };
    }
}
