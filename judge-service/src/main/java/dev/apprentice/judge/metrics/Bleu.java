package dev.apprentice.judge.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * BLEU (Papineni et al., 2002) as sacreBLEU (Post, 2018) counts it: tokens as in mteval-v13a, case kept, n-grams up to 4, one
 * reference, exponential smoothing of n-grams without a match. The range is 0 to 100.
 *
 * <p>For one response it is sacreBLEU's {@code sentence_bleu}: orders longer than the response do not count. For an exam it is
 * {@code corpus_bleu} on the sum of the {@link #statistics}, not the mean over the responses.
 */
public final class Bleu implements ReferenceMetric {

    static final String NAME = "bleu";

    private static final int ORDERS = 4;
    private static final int RESPONSE_LENGTH = 0;
    private static final int REFERENCE_LENGTH = 1;
    private static final int MATCHES = 2;
    private static final int TOTALS = MATCHES + ORDERS;
    private static final int WIDTH = TOTALS + ORDERS;

    private static final Pattern PUNCTUATION = Pattern.compile("([\\{-\\~\\[-\\` -\\&\\(-\\+\\:-\\@\\/])");
    private static final Pattern AFTER_NO_DIGIT = Pattern.compile("([^0-9])([\\.,])");
    private static final Pattern BEFORE_NO_DIGIT = Pattern.compile("([\\.,])([^0-9])");
    private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

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
        return score(statistics(reference, response), true);
    }

    /**
     * Returns the statistics whose sums give an exam's BLEU.
     *
     * @return the number of tokens of the response, and of the reference; then for n-grams of 1 to 4 tokens how many match; then
     *     how many the response has
     */
    static double[] statistics(String reference, String response) {
        List<String> wanted = tokens(reference);
        List<String> given = tokens(response);
        double[] row = new double[WIDTH];
        row[RESPONSE_LENGTH] = given.size();
        row[REFERENCE_LENGTH] = wanted.size();
        for (int n = 1; n <= ORDERS; n++) {
            Multiset ngrams = Multiset.ofNeighbours(given, n);
            row[MATCHES + n - 1] = ngrams.common(Multiset.ofNeighbours(wanted, n));
            row[TOTALS + n - 1] = ngrams.size();
        }
        return row;
    }

    /** Returns the BLEU of an exam whose statistics add up to these. */
    static double ofExam(double[] sums) {
        return score(sums, false);
    }

    private static double score(double[] sums, boolean effectiveOrder) {
        if (Arrays.stream(sums, MATCHES, TOTALS).sum() == 0) {
            return 0;
        }
        double logarithms = 0;
        double smoothing = 1;
        int orders = 0;
        while (orders < ORDERS && sums[TOTALS + orders] > 0) {
            double matches = sums[MATCHES + orders];
            if (matches == 0) {
                smoothing *= 2;
                matches = 1 / smoothing;
            }
            logarithms += Math.log(matches / sums[TOTALS + orders]);
            orders++;
        }
        if (orders < ORDERS && !effectiveOrder) {
            return 0; // an order without any n-gram has precision 0
        }
        return 100 * brevityPenalty(sums) * Math.exp(logarithms / orders);
    }

    private static double brevityPenalty(double[] sums) {
        return sums[RESPONSE_LENGTH] >= sums[REFERENCE_LENGTH]
                ? 1
                : Math.exp(1 - sums[REFERENCE_LENGTH] / sums[RESPONSE_LENGTH]);
    }

    /** Splits a text into tokens as mteval-v13a does. */
    static List<String> tokens(String text) {
        String line = text.replace("<skipped>", "").replace("-\n", "").replace("\n", " ")
                .replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
        line = replace(PUNCTUATION, " " + line + " ", " $1 ");
        line = replace(AFTER_NO_DIGIT, line, "$1 $2 ");
        line = replace(BEFORE_NO_DIGIT, line, " $1 $2");
        line = replace(DASH_AFTER_DIGIT, line, "$1 $2 ");
        return WhiteSpace.split(line);
    }

    private static String replace(Pattern pattern, String line, String by) {
        Matcher matcher = pattern.matcher(line);
        return matcher.replaceAll(by);
    }
}
