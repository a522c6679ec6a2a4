package dev.apprentice.judge.report;

import dev.apprentice.contracts.event.Report.Interval;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Statistics of an exam's figures by resampling its examples: the bootstrap for confidence intervals (Efron, 1979; percentile
 * method) and a paired permutation test for differences (Fisher, 1935; known for BLEU as approximate randomisation).
 *
 * <p>The random numbers are seeded, so equal scores give equal results bit for bit.
 */
final class Resampling {

    private static final int ROUNDS = 1_000;
    private static final long SEED = 123;
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;
    /** Tolerance for rounding errors when two differences are compared. */
    private static final double ROUNDING = 1e-12;

    private Resampling() {}

    /** Returns each figure's interval; empty if the figure is not defined, or if there are fewer than two examples. */
    static Optional<Interval>[] intervals(ExamTable table) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] rounds = new double[ROUNDS][];
        for (int round = 0; round < ROUNDS; round++) {
            rounds[round] = table.values(table.sums(draw(random, table.examples())));
        }
        return intervals(rounds, table.figures().size(), table.examples());
    }

    /**
     * Returns the interval of each figure's difference.
     *
     * @param a one checkpoint's table
     * @param b the other's table, of the same examples in the same order
     */
    static Optional<Interval>[] differences(ExamTable a, ExamTable b) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] rounds = new double[ROUNDS][];
        for (int round = 0; round < ROUNDS; round++) {
            int[] times = draw(random, a.examples());
            rounds[round] = less(a.values(a.sums(times)), b.values(b.sums(times)));
        }
        return intervals(rounds, a.figures().size(), a.examples());
    }

    /**
     * Returns each figure's p-value: the probability of a difference at least as large under the hypothesis that both checkpoints
     * are equally good. Under that hypothesis, the answers to each example could equally well be swapped.
     *
     * <p>A swap adds to one checkpoint's sums what it takes from the other's, so only the swapped rows need to be added up.
     */
    static double[] pValues(ExamTable a, ExamTable b) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] one = a.sums();
        double[] other = b.sums();
        double[][] gains = gains(a, b);
        double[] seen = less(a.values(one), b.values(other));
        int[] asLarge = new int[seen.length];
        int[] defined = new int[seen.length];
        for (int round = 0; round < ROUNDS; round++) {
            double[] gained = new double[one.length];
            for (double[] gain : gains) {
                if (random.nextBoolean()) {
                    ExamTable.add(gain, 1, gained);
                }
            }
            double[] chance = less(a.values(sum(one, gained)), b.values(less(other, gained)));
            for (int figure = 0; figure < seen.length; figure++) {
                if (!Double.isNaN(chance[figure])) {
                    defined[figure]++;
                    asLarge[figure] +=
                            Math.abs(chance[figure]) >= Math.abs(seen[figure]) * (1 - ROUNDING) - ROUNDING ? 1 : 0;
                }
            }
        }
        double[] p = new double[seen.length];
        for (int figure = 0; figure < seen.length; figure++) {
            p[figure] = (1.0 + asLarge[figure]) / (1.0 + defined[figure]); // the observed difference counts as one of the permutations
        }
        return p;
    }

    /** Draws as many examples as there are, with replacement, and returns how often each was drawn. */
    private static int[] draw(SplittableRandom random, int examples) {
        int[] times = new int[examples];
        for (int i = 0; i < examples; i++) {
            times[random.nextInt(examples)]++;
        }
        return times;
    }

    /** Returns how much the first checkpoint's sums gain by swapping each example. */
    private static double[][] gains(ExamTable a, ExamTable b) {
        double[][] gains = new double[a.examples()][];
        for (int example = 0; example < gains.length; example++) {
            gains[example] = less(b.rows()[example], a.rows()[example]);
        }
        return gains;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sums = a.clone();
        ExamTable.add(b, 1, sums);
        return sums;
    }

    private static double[] less(double[] a, double[] b) {
        double[] differences = a.clone();
        ExamTable.add(b, -1, differences);
        return differences;
    }

    @SuppressWarnings("unchecked") // an array of Optional cannot be created without an unchecked cast
    private static Optional<Interval>[] intervals(double[][] rounds, int figures, int examples) {
        Optional<Interval>[] intervals = new Optional[figures];
        for (int figure = 0; figure < figures; figure++) {
            int column = figure;
            double[] values = Arrays.stream(rounds)
                    .mapToDouble(round -> round[column])
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            intervals[figure] = values.length == 0 || examples < 2
                    ? Optional.empty()
                    : Optional.of(new Interval(quantile(values, LOW), quantile(values, HIGH)));
        }
        return intervals;
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
