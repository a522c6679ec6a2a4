package dev.apprentice.judge.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Classification: the answer is one of a closed set of labels.
 *
 * <p>A text equals a label regardless of case, white space around it and a full stop at its end. A response that is not a label
 * is wrong, and is not a false positive of any label. If an exam has several such tasks, all their labels form one set: a label
 * of another task is wrong like any other, and each label has equal weight in macro-F1.
 *
 * <pre>
 * labels [negative, positive], reference "positive", response "Positive."    accuracy 1, row [0 0 0  1 0 0]
 * labels [negative, positive], reference "positive", response "I like it"    accuracy 0, row [0 0 0  0 0 1]
 * </pre>
 */
final class ClosedSet {

    static final String ACCURACY = "accuracy";
    static final String MACRO_F1 = "macro_f1";

    private static final int PER_LABEL = 3;
    private static final int TRUE_POSITIVES = 0;
    private static final int FALSE_POSITIVES = 1;
    private static final int FALSE_NEGATIVES = 2;

    private final List<String> labels;

    ClosedSet(List<String> labels) {
        this.labels = labels.stream().map(ClosedSet::plain).distinct().toList();
    }

    /** Tells whether the reference answer is one of the labels, so that the example counts here. */
    boolean holds(String reference) {
        return labels.contains(plain(reference));
    }

    double accuracy(String reference, String response) {
        return plain(reference).equals(plain(response)) ? 1 : 0;
    }

    /** Returns true positives, false positives and false negatives of each label. */
    double[] statistics(String reference, String response) {
        double[] row = new double[labels.size() * PER_LABEL];
        int wanted = labels.indexOf(plain(reference));
        int given = labels.indexOf(plain(response));
        if (wanted == given) {
            row[wanted * PER_LABEL + TRUE_POSITIVES] = 1;
            return row;
        }
        row[wanted * PER_LABEL + FALSE_NEGATIVES] = 1;
        if (given >= 0) {
            row[given * PER_LABEL + FALSE_POSITIVES] = 1;
        }
        return row;
    }

    /** Returns the mean F1 of the labels that occur in references or responses; NaN if there are none. */
    static double macroF1(double[] sums) {
        List<Double> each = new ArrayList<>();
        for (int at = 0; at < sums.length; at += PER_LABEL) {
            double hits = sums[at + TRUE_POSITIVES];
            double misses = sums[at + FALSE_POSITIVES] + sums[at + FALSE_NEGATIVES];
            if (hits + misses > 0) {
                each.add(2 * hits / (2 * hits + misses));
            }
        }
        return each.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private static String plain(String text) {
        String bare = text.strip();
        return Optional.of(bare).filter(whole -> whole.endsWith(".")).map(whole -> whole.substring(0, whole.length() - 1))
                .orElse(bare)
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
