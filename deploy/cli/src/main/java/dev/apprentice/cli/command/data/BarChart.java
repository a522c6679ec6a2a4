package dev.apprentice.cli.command.data;

import dev.apprentice.cli.terminal.Columns;
import dev.apprentice.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counts as bars of characters, a line each. */
final class BarChart {

    private static final int LONGEST = 40;
    private static final int NAME = 30;

    private BarChart() {}

    /** @param counts by what is counted, in their order */
    static List<String> of(Map<String, Integer> counts) {
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        List<List<String>> rows = new ArrayList<>();
        counts.forEach((name, count) -> rows.add(List.of(
                "  " + Words.oneLine(name, NAME), count.toString(), "#".repeat((int) Math.ceil((double) LONGEST * count / most)))));
        return Columns.align(rows);
    }
}
