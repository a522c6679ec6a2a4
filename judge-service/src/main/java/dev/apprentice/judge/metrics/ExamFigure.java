package dev.apprentice.judge.metrics;

import dev.apprentice.contracts.event.Report.Better;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A figure of a whole exam: a function of the sum of its examples' rows.
 *
 * <p>A mean is the sum of values divided by the sum of ones; corpus metrics have wider rows. Since all figures are functions of
 * sums, one resampling serves them all.
 *
 * @param name the metric's name, or {@code judge:} and the judge's
 * @param width numbers in a row
 * @param row returns an example's row; empty if the example has no such figure
 * @param value computes the figure from the sum of rows; NaN if it is not defined
 */
public record ExamFigure(
        String name, int width, Function<Score, Optional<double[]>> row, ToDoubleFunction<double[]> value) {

    /** The most categories that figures are given for; an exam with more gets no figures by category. */
    public static final int MOST_CATEGORIES = 12;

    /** The prefix of the names of judges' figures. */
    public static final String JUDGE = "judge:";

    private static final int MEAN = 2;
    private static final Map<String, ToDoubleFunction<double[]>> CORPUS = Map.of(
            Bleu.NAME, Bleu::ofExam,
            Chrf.NAME, Chrf::ofExam,
            Perplexity.NAME, Perplexity::of,
            ClosedSet.MACRO_F1, ClosedSet::macroF1);
    /** The metrics that are given for each category, in addition to judges' means. */
    private static final Set<String> BY_CATEGORY = Set.of(ClosedSet.ACCURACY, ExactMatch.NAME, TokenF1.NAME);

    /**
     * Returns every figure that any of these scores has, by name. If the examples have 2 to {@link #MOST_CATEGORIES} categories,
     * it also returns figures of each category, such as {@code exact_match [animals]}.
     */
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
        SortedSet<String> categories = categories(scores);
        if (categories.size() > 1 && categories.size() <= MOST_CATEGORIES) {
            figures.putAll(byCategory(figures.values(), categories));
        }
        return figures;
    }

    /** Returns the categories of these scores' examples. */
    public static SortedSet<String> categories(Collection<Score> scores) {
        return scores.stream().flatMap(score -> score.category().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, ExamFigure> byCategory(Collection<ExamFigure> figures, Set<String> categories) {
        return figures.stream()
                .filter(figure -> figure.isJudges() || BY_CATEGORY.contains(figure.name()))
                .flatMap(figure -> categories.stream().map(figure::of))
                .collect(Collectors.toMap(ExamFigure::name, figure -> figure));
    }

    private ExamFigure of(String category) {
        return new ExamFigure(
                name + " [" + category + "]",
                width,
                score -> score.category().filter(category::equals).flatMap(own -> row.apply(score)),
                value);
    }

    /** Tells whether a higher or a lower value is better. */
    public Better better() {
        return Better.of(name);
    }

    /** Tells whether this is a judge's figure. */
    private boolean isJudges() {
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
