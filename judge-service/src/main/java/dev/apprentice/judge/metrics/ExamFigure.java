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

    /** Most categories that figures are given for; where there are more, for none. */
    public static final int MOST_CATEGORIES = 12;

    /** What the name of a judge's figure begins with. */
    public static final String JUDGE = "judge:";

    private static final int MEAN = 2;
    private static final Map<String, ToDoubleFunction<double[]>> CORPUS = Map.of(
            Bleu.NAME, Bleu::ofExam,
            Chrf.NAME, Chrf::ofExam,
            Perplexity.NAME, Perplexity::of,
            ClosedSet.MACRO_F1, ClosedSet::macroF1);
    /** These, and judges' means, are given for each category. */
    private static final Set<String> BY_CATEGORY = Set.of(ClosedSet.ACCURACY, ExactMatch.NAME, TokenF1.NAME);

    /**
     * Every figure that any of these scores has, by its name; where examples are of 2 to {@link #MOST_CATEGORIES} categories,
     * also {@code exact_match [animals]} of those of each.
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

    /** The categories of these scores' examples. */
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

    /** Which way it is better. */
    public Better better() {
        return Better.of(name);
    }

    /** Whether a judge gives it. */
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
