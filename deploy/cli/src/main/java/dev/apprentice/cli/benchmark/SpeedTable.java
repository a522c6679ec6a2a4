package dev.apprentice.cli.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws measurements as a Markdown table, which can go into a document unchanged. */
public final class SpeedTable {

    private SpeedTable() {}

    /** Returns the table's lines. The ratio compares a median with the first one of its unit. */
    public static List<String> draw(List<Measurement> measurements) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("work", "median", "slowest", "fastest", "unit", "ratio"));
        for (Measurement measurement : measurements) {
            rows.add(List.of(
                    measurement.name(),
                    figure(measurement.median()),
                    figure(measurement.slowest()),
                    figure(measurement.fastest()),
                    measurement.unit() + "/s",
                    String.format(Locale.ROOT, "%.2f", measurement.median() / first(measurements, measurement.unit()))));
        }
        return aligned(rows);
    }

    private static double first(List<Measurement> measurements, String unit) {
        return measurements.stream()
                .filter(measurement -> measurement.unit().equals(unit))
                .findFirst()
                .orElseThrow()
                .median();
    }

    private static String figure(double rate) {
        return String.format(Locale.ROOT, rate < 100 ? "%.1f" : "%,.0f", rate);
    }

    private static List<String> aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("|");
            for (int column = 0; column < columns; column++) {
                String format = column == 0 ? " %-" + widths[column] + "s |" : " %" + widths[column] + "s |";
                line.append(String.format(format, row.get(column)));
            }
            lines.add(line.toString());
            if (lines.size() == 1) {
                lines.add(rule(widths));
            }
        }
        return lines;
    }

    private static String rule(int[] widths) {
        StringBuilder rule = new StringBuilder("|");
        for (int column = 0; column < widths.length; column++) {
            rule.append(column == 0 ? " " : "-").append("-".repeat(widths[column])).append(column == 0 ? " |" : ": |");
        }
        return rule.toString();
    }
}
