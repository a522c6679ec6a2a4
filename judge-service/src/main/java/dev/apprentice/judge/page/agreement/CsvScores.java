package dev.apprentice.judge.page.agreement;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads scores from CSV: one {@code example,score} per line, with or without a header line. */
final class CsvScores {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder()
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .get();

    private CsvScores() {}

    /**
     * Reads all scores.
     *
     * @throws IllegalArgumentException naming the record and what is wrong there
     */
    static List<OtherScore> read(String csv) {
        List<OtherScore> scores = new ArrayList<>();
        try (CSVParser records = FORMAT.parse(new StringReader(csv))) {
            for (CSVRecord record : records) {
                boolean heading = record.getRecordNumber() == 1
                        && record.size() == 2
                        && record.get(1).equalsIgnoreCase("score");
                if (!heading) {
                    scores.add(score(record));
                }
            }
            return scores;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException e) { // the parser throws this if quotes do not match
            throw new IllegalArgumentException("not CSV: " + e.getCause().getMessage(), e);
        }
    }

    private static OtherScore score(CSVRecord record) {
        try {
            if (record.size() == 2 && !record.get(0).isBlank() && Double.isFinite(Double.parseDouble(record.get(1)))) {
                return new OtherScore(record.get(0), Double.valueOf(record.get(1)));
            }
        } catch (NumberFormatException e) {
            throw unusable(record, e);
        }
        throw unusable(record, null);
    }

    private static IllegalArgumentException unusable(CSVRecord record, Exception cause) {
        return new IllegalArgumentException("record " + record.getRecordNumber() + " is '"
                + String.join(",", record.values()) + "'; it must be an example's id, a comma and a finite number", cause);
    }
}
