package dev.apprentice.judge.responses;

import dev.apprentice.contracts.event.Score;
import java.util.List;

/**
 * That a score waits for judges.
 *
 * @param regraded how many times its response has been graded anew
 * @param judges the judges' names
 */
public record AwaitedScore(int regraded, List<String> judges) {

    private static final String BETWEEN = ",";

    static AwaitedScore of(Score score) {
        return new AwaitedScore(score.regraded().orElse(0), score.awaited());
    }

    /** Reads what {@link #text} wrote. */
    static AwaitedScore of(String text) {
        List<String> parts = List.of(text.split(BETWEEN));
        return new AwaitedScore(Integer.parseInt(parts.get(0)), parts.subList(1, parts.size()));
    }

    /** Such as {@code 0,llama3,phi3}: no judge's name holds a comma. */
    String text() {
        return regraded + BETWEEN + String.join(BETWEEN, judges);
    }
}
