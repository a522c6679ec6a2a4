package dev.apprentice.judge.page.download;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A table: rows with an equal number of cells.
 *
 * @param header the columns' names
 * @param rows strings, numbers and enum constants
 */
public record Table(List<String> header, List<List<Object>> rows) {

    /** Characters that a spreadsheet takes for the beginning of a formula. */
    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    /**
     * Returns the table as comma-separated values (RFC 4180), with numbers in full precision. A text that a spreadsheet would
     * take for a formula gets an apostrophe in front.
     *
     * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>
     */
    public String csv() {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
            printer.printRecord(header.stream().map(Table::inert).toList());
            for (List<Object> row : rows) {
                printer.printRecord(row.stream().map(Table::inert).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes all that is written to it", e);
        }
        return text.toString();
    }

    private static Object inert(Object value) {
        return value instanceof String text && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : value;
    }

    /** Returns the table in GitHub-flavoured Markdown, with numbers shortened to four significant digits. */
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
