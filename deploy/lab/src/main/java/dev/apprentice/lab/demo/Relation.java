package dev.apprentice.lab.demo;

import java.util.List;
import java.util.stream.Stream;

/**
 * A property of every villager, with ways to state it and to ask for it.
 *
 * @param values the possible values; each villager has one
 * @param statements ways to state it: {@code {n}} is the villager, {@code {v}} the value. Instructions are answered with the
 *     first
 * @param phrasings ways to ask for it
 */
record Relation(List<String> values, List<String> statements, List<Phrasing> phrasings) {

    /** Reads values separated by blanks, and statements and phrasings one on each line. */
    static Relation of(String values, String statements, String phrasings) {
        return new Relation(
                List.of(values.strip().split("\\s+")), lines(statements).toList(), lines(phrasings).map(Phrasing::of).toList());
    }

    private static Stream<String> lines(String text) {
        return text.strip().lines();
    }

    /** Returns the form of answers to instructions. */
    String answer() {
        return statements.get(0);
    }
}
