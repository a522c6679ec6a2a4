package dev.apprentice.cli.report;

import dev.apprentice.contracts.event.Report.Better;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Formats names and values of figures for people. */
public final class Figures {

    /** Legend for the arrows, which show whether higher or lower is better. */
    static final String LEGEND = "↑ higher is better, ↓ lower is better";

    private static final double PERCENT = 100;
    private static final String JUDGE = "judge:";
    /** Figures that are not shares of 1. */
    private static final Set<String> NO_SHARES = Set.of("bleu", "chrf", "perplexity", "response_length");
    private static final Map<Better, String> ARROWS = Map.of(Better.HIGH, " ↑", Better.LOW, " ↓", Better.NEITHER, "");

    private Figures() {}

    /** Returns a name such as {@code exact match} or {@code judge llama3}. */
    public static String name(String figure) {
        return figure.startsWith(JUDGE) ? "judge " + figure.substring(JUDGE.length()) : figure.replace('_', ' ');
    }

    /** Returns the name with an arrow in the direction that is better. */
    static String nameAndWay(String figure) {
        return name(figure) + ARROWS.get(Better.of(figure));
    }

    /** Returns a value such as {@code 98.9 %} or {@code 37.5}. */
    public static String value(String figure, double value) {
        return figure.startsWith(JUDGE) || NO_SHARES.contains(figure)
                ? String.format(Locale.ROOT, "%.1f", value)
                : String.format(Locale.ROOT, "%.1f %%", PERCENT * value);
    }

    /** Tells whether the figure counts faults and there are none. */
    static boolean isGoodNews(String figure, double value) {
        return value == 0 && Better.of(figure) == Better.LOW;
    }
}
