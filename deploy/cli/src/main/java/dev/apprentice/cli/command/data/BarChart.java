package dev.apprentice.cli.command.data;

import dev.apprentice.cli.terminal.Columns;
import dev.apprentice.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Draws counts as bars of characters, one line for each. */
final class BarChart {

    private static final int LONGEST = 40;
    private static final int NAME = 30;

    private BarChart() {}

    /** Returns the lines. @param counts the count for each name, in the order of the lines */
    static List<String> of(Map<String, Integer> counts) {
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        List<List<String>> rows = new ArrayList<>();
        counts.forEach((name, count) -> rows.add(List.of(
                "  " + Words.oneLine(name, NAME), count.toString(), "#".repeat((int) Math.ceil((double) LONGEST * count / most)))));
        return Columns.align(rows);
    }
}
