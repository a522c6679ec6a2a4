package dev.apprentice.judge.responses;

import dev.apprentice.contracts.event.Score;
import java.util.List;

/**
 * A score's entry in the index of scores that wait for judges.
 *
 * @param regraded how many times its response has been regraded
 * @param judges the judges' names
 */
public record AwaitedScore(int regraded, List<String> judges) {

    private static final String BETWEEN = ",";

    static AwaitedScore of(Score score) {
        return new AwaitedScore(score.regraded().orElse(0), score.awaited());
    }

    /** Reads the format of {@link #text}. */
    static AwaitedScore of(String text) {
        List<String> parts = List.of(text.split(BETWEEN));
        return new AwaitedScore(Integer.parseInt(parts.get(0)), parts.subList(1, parts.size()));
    }

    /** Returns a text such as {@code 0,llama3,phi3}. No judge's name contains a comma. */
    String text() {
        return regraded + BETWEEN + String.join(BETWEEN, judges);
    }
}
