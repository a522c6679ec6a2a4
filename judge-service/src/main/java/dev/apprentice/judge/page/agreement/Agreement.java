package dev.apprentice.judge.page.agreement;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * The agreement of one figure with other scores. Each coefficient goes from -1 over 0 (no relation) to 1. It is empty if there
 * are fewer than three pairs, or if all scores of one side are equal.
 *
 * @param figure the figure: {@code judge:} and a judge's name, or a metric's name
 * @param pairs responses that have both scores
 * @param pearson Pearson's correlation of the scores
 * @param spearman Spearman's correlation of their ranks
 * @param kendall Kendall's tau-b, which compares the order of each two responses and accounts for ties
 */
public record Agreement(
        String figure, int pairs, Optional<Double> pearson, Optional<Double> spearman, Optional<Double> kendall) {

    private static final int LEAST = 3;

    /** Computes the agreement of two lists of equal length. */
    static Agreement of(String figure, List<Double> ours, List<Double> theirs) {
        double[] x = ours.stream().mapToDouble(Double::doubleValue).toArray();
        double[] y = theirs.stream().mapToDouble(Double::doubleValue).toArray();
        return new Agreement(
                figure,
                x.length,
                defined(x, () -> new PearsonsCorrelation().correlation(x, y)),
                defined(x, () -> new SpearmansCorrelation().correlation(x, y)),
                defined(x, () -> new KendallsCorrelation().correlation(x, y)));
    }

    private static Optional<Double> defined(double[] values, Supplier<Double> coefficient) {
        return values.length < LEAST
                ? Optional.empty()
                : Optional.of(coefficient.get()).filter(Double::isFinite);
    }
}
