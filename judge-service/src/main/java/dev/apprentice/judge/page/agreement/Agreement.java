package dev.apprentice.judge.page.agreement;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.math3.stat.correlation.KendallsCorrelation;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/**
 * How far one figure agrees with other scores. The coefficients go from -1 over 0 (no relation) to 1; empty with
 * less than three pairs, or where one side gives all the same score.
 *
 * @param figure the figure: {@code judge:} and a judge's name, or a metric's name
 * @param pairs responses that both have scored
 * @param pearson of the scores themselves
 * @param spearman of their ranks
 * @param kendall tau-b: of the order of each two responses, ties accounted for
 */
public record Agreement(
        String figure, int pairs, Optional<Double> pearson, Optional<Double> spearman, Optional<Double> kendall) {

    private static final int LEAST = 3;

    /**
     * The agreement of two lists of the same length.
     *
     * @param ours the figure's values
     * @param theirs the other scores, in the same order
     */
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
