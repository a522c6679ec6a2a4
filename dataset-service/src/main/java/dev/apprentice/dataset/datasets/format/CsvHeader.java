package dev.apprentice.dataset.datasets.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The header of a text table: its separator and its column names.
 *
 * @param separator the most frequent one in the first line, or the one that a line {@code sep=;} before it names, as spreadsheets
 *     write
 * @param skipped lines before the header: 0 or 1
 * @param names of the columns; a repeated name gets a number appended
 */
record CsvHeader(char separator, int skipped, List<String> names) {

    private static final String SEPARATORS = "\t,;|";
    private static final int BEGINNING = 1 << 14;

    static CsvHeader of(Path file) throws IOException {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(Files.newInputStream(file),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)))) {
            char[] beginning = new char[BEGINNING];
            int length = Math.max(0, text.read(beginning));
            return of(new String(beginning, 0, length).replaceFirst("^\ufeff", ""));
        }
    }

    private static CsvHeader of(String beginning) {
        String first = beginning.lines().findFirst().orElse("");
        if (first.matches("(?i)\"?sep=.\"?")) {
            char named = first.replaceFirst("(?i)\"?sep=", "").charAt(0);
            return new CsvHeader(named, 1, names(beginning.lines().skip(1).findFirst().orElse(""), named));
        }
        String unquoted = first.replaceAll("\"[^\"]*\"", "");
        char most = ',';
        for (char each : SEPARATORS.toCharArray()) {
            most = count(unquoted, each) > count(unquoted, most) ? each : most;
        }
        return new CsvHeader(most, 0, names(first, most));
    }

    private static long count(String line, char one) {
        return line.chars().filter(each -> each == one).count();
    }

    private static List<String> names(String line, char separator) {
        List<String> names = new ArrayList<>();
        Set<String> known = new HashSet<>();
        StringBuilder cell = new StringBuilder();
        boolean isQuoted = false;
        for (char each : (line + separator).toCharArray()) {
            if (each == '"') {
                isQuoted = !isQuoted;
            } else if (each != separator || isQuoted) {
                cell.append(each);
            } else {
                String name = cell.toString().isBlank() ? "column" + names.size() : cell.toString().strip();
                String free = name;
                for (int i = 1; !known.add(free.toLowerCase(Locale.ROOT)); i++) {
                    free = name + "_" + i;
                }
                names.add(free);
                cell.setLength(0);
            }
        }
        return names;
    }
}
