package dev.apprentice.lab.demo;

import java.util.List;
import java.util.stream.Stream;

/**
 * What there is to know about every villager, and all ways of saying and of asking it.
 *
 * @param values what may be true; one of them for each villager
 * @param statements ways of saying it: {@code {n}} is the villager, {@code {v}} the value. Instructions are answered by the first
 * @param phrasings ways of asking it
 */
record Relation(List<String> values, List<String> statements, List<Phrasing> phrasings) {

    /** Reads values that are separated by blanks, statements and phrasings one a line. */
    static Relation of(String values, String statements, String phrasings) {
        return new Relation(
                List.of(values.strip().split("\\s+")), lines(statements).toList(), lines(phrasings).map(Phrasing::of).toList());
    }

    private static Stream<String> lines(String text) {
        return text.strip().lines();
    }

    /** How instructions are answered. */
    String answer() {
        return statements.get(0);
    }
}
