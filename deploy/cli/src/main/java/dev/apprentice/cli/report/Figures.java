package dev.apprentice.cli.report;

import dev.apprentice.contracts.event.Report.Better;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names and values of figures as a person reads them. */
public final class Figures {

    /** Which way each is better, for a legend. */
    static final String LEGEND = "↑ higher is better, ↓ lower is better";

    private static final double PERCENT = 100;
    private static final String JUDGE = "judge:";
    /** All others are shares of 1. */
    private static final Set<String> NO_SHARES = Set.of("bleu", "chrf", "perplexity", "response_length");
    private static final Map<Better, String> ARROWS = Map.of(Better.HIGH, " ↑", Better.LOW, " ↓", Better.NEITHER, "");

    private Figures() {}

    /** E.g. {@code exact match}, {@code judge llama3}. */
    public static String name(String figure) {
        return figure.startsWith(JUDGE) ? "judge " + figure.substring(JUDGE.length()) : figure.replace('_', ' ');
    }

    /** The name with an arrow the way in which it is better. */
    static String nameAndWay(String figure) {
        return name(figure) + ARROWS.get(Better.of(figure));
    }

    /** E.g. {@code 98.9 %}, {@code 37.5}. */
    public static String value(String figure, double value) {
        return figure.startsWith(JUDGE) || NO_SHARES.contains(figure)
                ? String.format(Locale.ROOT, "%.1f", value)
                : String.format(Locale.ROOT, "%.1f %%", PERCENT * value);
    }

    /** Whether a value says that nothing is wrong, of a figure that counts what is wrong. */
    static boolean isGoodNews(String figure, double value) {
        return value == 0 && Better.of(figure) == Better.LOW;
    }
}
