package dev.apprentice.judge.agreement;

import java.util.ArrayList;
import java.util.List;

/** Reads scores from CSV: {@code example,score} a line, with or without those words as the first. */
final class CsvScores {

    private CsvScores() {}

    /** @throws IllegalArgumentException naming the line and what is wrong there */
    static List<OtherScore> read(String csv) {
        List<OtherScore> scores = new ArrayList<>();
        String[] lines = csv.split("\\R");
        for (int line = 0; line < lines.length; line++) {
            String[] cells = lines[line].replace("\"", "").split(",");
            boolean heading = line == 0 && cells.length == 2 && cells[1].strip().equalsIgnoreCase("score");
            if (!heading && !lines[line].isBlank()) {
                scores.add(score(line + 1, lines[line], cells));
            }
        }
        return scores;
    }

    private static OtherScore score(int line, String text, String[] cells) {
        try {
            if (cells.length == 2 && !cells[0].isBlank()) {
                return new OtherScore(cells[0].strip(), Double.valueOf(cells[1].strip()));
            }
        } catch (NumberFormatException e) {
            throw unusable(line, text, e);
        }
        throw unusable(line, text, null);
    }

    private static IllegalArgumentException unusable(int line, String text, Exception cause) {
        return new IllegalArgumentException(
                "line " + line + " is '" + text + "'; it must be an example's id, a comma and a number", cause);
    }
}
