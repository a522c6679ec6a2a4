package dev.apprentice.lab.demo;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Something true in the demo's world.
 *
 * @param subject what can be asked about: {@code France}
 * @param value what is true of it: {@code Paris}
 */
record Fact(String subject, String value) {

    /** Reads {@code "France: Paris, Spain: Madrid"}. */
    static List<Fact> pairs(String text) {
        return Arrays.stream(text.strip().split(",\\s*"))
                .map(pair -> pair.split(": ", 2))
                .map(pair -> new Fact(pair[0], pair[1]))
                .toList();
    }

    /** Facts that can be worked out from the subjects themselves, which are separated by spaces. */
    static List<Fact> computed(String subjects, UnaryOperator<String> value) {
        return Stream.of(subjects.split(" "))
                .map(subject -> new Fact(subject, value.apply(subject)))
                .toList();
    }
}
