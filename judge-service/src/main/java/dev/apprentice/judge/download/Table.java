package dev.apprentice.judge.download;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Rows of equally many cells.
 *
 * @param header the columns' names
 * @param rows strings, numbers and enum constants
 */
public record Table(List<String> header, List<List<Object>> rows) {

    /** Comma-separated values as RFC 4180 has them, with numbers in full. */
    public String csv() {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
            printer.printRecord(header);
            for (List<Object> row : rows) {
                printer.printRecord(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes whatever is written to it", e);
        }
        return text.toString();
    }

    /** A table of GitHub-flavoured Markdown, with numbers short. */
    public String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(line(header));
        lines.add(header.stream().map(name -> "---").collect(Collectors.joining(" | ", "| ", " |")));
        rows.forEach(row -> lines.add(line(row)));
        return String.join("\n", lines) + "\n";
    }

    private static String line(List<?> cells) {
        return cells.stream().map(Table::cell).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String cell(Object value) {
        return value instanceof Double number
                ? String.format(Locale.ROOT, "%.4g", number)
                : value.toString()
                        .replace("\\", "\\\\")
                        .replace("|", "\\|")
                        .replace("<", "&lt;")
                        .replaceAll("\\R", "<br>");
    }
}
