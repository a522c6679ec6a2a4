package dev.apprentice.judge.metrics;

import dev.apprentice.contracts.Report.Better;
import dev.apprentice.contracts.Score;
import dev.apprentice.contracts.Score.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A figure of a whole exam: a function of rows that are added up over its examples.
 *
 * <p>A mean is the sum of values by the sum of ones; corpus metrics have wider rows. That all of them are functions of sums
 * lets one resampling serve them all.
 *
 * @param name the metric's name, or {@code judge:} and the judge's
 * @param width numbers in a row
 * @param row an example's row; empty where the example has no such figure
 * @param value the figure of rows that add up to these; not a number where it has none
 */
public record ExamFigure(
        String name, int width, Function<Score, Optional<double[]>> row, ToDoubleFunction<double[]> value) {

    /** What the name of a judge's figure begins with. */
    public static final String JUDGE = "judge:";

    private static final int MEAN = 2;
    private static final Map<String, ToDoubleFunction<double[]>> CORPUS = Map.of(
            Bleu.NAME, Bleu::ofExam,
            Chrf.NAME, Chrf::ofExam,
            Perplexity.NAME, Perplexity::of,
            ClosedSet.MACRO_F1, ClosedSet::macroF1);

    /** Every figure that any of these scores has, by its name. */
    public static SortedMap<String, ExamFigure> of(Collection<Score> scores) {
        SortedMap<String, ExamFigure> figures = new TreeMap<>();
        for (Score score : scores) {
            score.statistics().forEach((name, row) -> {
                if (CORPUS.containsKey(name)) {
                    figures.put(name, corpus(name, row.size()));
                }
            });
            score.metrics().keySet().forEach(name -> figures.computeIfAbsent(
                    name, metric -> mean(metric, each -> Optional.ofNullable(each.metrics().get(metric)))));
            score.verdicts().forEach(verdict -> figures.computeIfAbsent(
                    JUDGE + verdict.judge(), figure -> mean(figure, each -> scoreBy(verdict.judge(), each))));
        }
        return figures;
    }

    /** Which way it is better. */
    public Better better() {
        return Better.of(name);
    }

    /** Whether a judge gives it. */
    public boolean isJudges() {
        return name.startsWith(JUDGE);
    }

    private static ExamFigure corpus(String name, int width) {
        return new ExamFigure(
                name,
                width,
                score -> Optional.ofNullable(score.statistics().get(name))
                        .filter(row -> row.size() == width)
                        .map(ExamFigure::unboxed),
                CORPUS.get(name));
    }

    private static ExamFigure mean(String name, Function<Score, Optional<Double>> value) {
        return new ExamFigure(
                name, MEAN, score -> value.apply(score).map(each -> new double[] {each, 1}), sums -> sums[0] / sums[1]);
    }

    private static Optional<Double> scoreBy(String judge, Score score) {
        return score.verdicts().stream()
                .filter(verdict -> verdict.judge().equals(judge))
                .findFirst()
                .flatMap(Verdict::score);
    }

    private static double[] unboxed(List<Double> row) {
        return row.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
