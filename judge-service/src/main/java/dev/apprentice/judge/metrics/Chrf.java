package dev.apprentice.judge.metrics;

import java.util.List;

/**
 * chrF (Popović, 2015) as sacreBLEU counts it: F-measure of character n-grams up to 6, recall counting twice as much as precision
 * (chrF2), white space left out, case kept. The range is 0 to 100.
 *
 * <p>For an exam it is computed from the sum of the {@link #statistics}, not the mean over the responses.
 */
public final class Chrf implements ReferenceMetric {

    static final String NAME = "chrf";

    private static final int ORDERS = 6;
    private static final double BETA_SQUARED = 4;
    private static final int PER_ORDER = 3;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double best() {
        return 100;
    }

    @Override
    public double of(String reference, String response) {
        return ofExam(statistics(reference, response));
    }

    /**
     * Returns the statistics whose sums give an exam's chrF.
     *
     * @return for n-grams of each length from 1 to 6 characters: how many the response has, how many the reference has, how many
     *     match
     */
    static double[] statistics(String reference, String response) {
        return statistics(characters(reference), characters(response));
    }

    static double[] statistics(List<Integer> wanted, List<Integer> given) {
        double[] row = new double[ORDERS * PER_ORDER];
        for (int n = 1; n <= ORDERS; n++) {
            Multiset wantedNgrams = Multiset.ofNeighbours(wanted, n);
            Multiset givenNgrams = Multiset.ofNeighbours(given, n);
            int at = (n - 1) * PER_ORDER;
            row[at] = wantedNgrams.size() == 0 ? 0 : givenNgrams.size(); // like sacreBLEU: an order that the reference lacks does not count
            row[at + 1] = wantedNgrams.size();
            row[at + 2] = givenNgrams.common(wantedNgrams);
        }
        return row;
    }

    /** Returns the chrF of an exam whose statistics add up to these. */
    static double ofExam(double[] sums) {
        return ofExam(sums, BETA_SQUARED);
    }

    static double ofExam(double[] sums, double betaSquared) {
        double precision = 0;
        double recall = 0;
        int orders = 0;
        for (int at = 0; at < sums.length; at += PER_ORDER) {
            if (sums[at] > 0 && sums[at + 1] > 0) {
                precision += sums[at + 2] / sums[at];
                recall += sums[at + 2] / sums[at + 1];
                orders++;
            }
        }
        if (precision + recall == 0) {
            return 0;
        }
        precision /= orders;
        recall /= orders;
        return 100 * (1 + betaSquared) * precision * recall / (betaSquared * precision + recall);
    }

    private static List<Integer> characters(String text) {
        return WhiteSpace.without(text).codePoints().boxed().toList();
    }
}
