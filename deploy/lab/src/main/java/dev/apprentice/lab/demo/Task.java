package dev.apprentice.lab.demo;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One kind of request, with all facts it can be about and all ways of putting it.
 *
 * @param answer the form of every answer; {@code {subject}} and {@code {value}} stand for the fact's parts
 * @param facts what can be asked
 * @param phrasings how it can be asked
 */
record Task(String answer, List<Fact> facts, List<Phrasing> phrasings) {

    /** Every fact asked in every way. */
    Stream<Pairing> pairings() {
        return facts.stream().flatMap(fact -> phrasings.stream().map(phrasing -> new Pairing(this, fact, phrasing)));
    }

    String answerFor(Fact fact) {
        return answer.replace("{subject}", fact.subject()).replace("{value}", fact.value());
    }

    /**
     * Reads phrasings, one a line; those that name the subject ({@code {}}) are asked without an input, all others get
     * it as their input.
     */
    static List<Phrasing> asked(String lines) {
        return Arrays.stream(lines.strip().split("\n"))
                .map(line -> new Phrasing(line, !line.contains("{}")))
                .toList();
    }
}
