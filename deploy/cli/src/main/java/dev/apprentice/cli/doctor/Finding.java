package dev.apprentice.cli.doctor;

import java.util.Optional;

/**
 * The result of one check.
 *
 * @param subject what was checked, in a word or two
 * @param state whether it is as it should be
 * @param words what was found
 * @param wayOut what to do about it; empty if nothing needs to be done
 */
public record Finding(String subject, State state, String words, Optional<String> wayOut) {

    /** How severe a finding is. */
    public enum State {
        GOOD,
        /** It works, but not for everything. */
        WARNING,
        /** Something will not work. */
        PROBLEM
    }

    static Finding good(String subject, String words) {
        return new Finding(subject, State.GOOD, words, Optional.empty());
    }

    static Finding warning(String subject, String words, String wayOut) {
        return new Finding(subject, State.WARNING, words, Optional.of(wayOut));
    }

    static Finding problem(String subject, String words, String wayOut) {
        return new Finding(subject, State.PROBLEM, words, Optional.of(wayOut));
    }

    /** Returns a line for a person, and a second line with the way out. */
    @Override
    public String toString() {
        String mark = switch (state) {
            case GOOD -> "ok";
            case WARNING -> "warning";
            case PROBLEM -> "problem";
        };
        return String.format("%-8s %-15s %s", mark, subject, words)
                + wayOut.map(way -> String.format("%n%-24s -> %s", "", way)).orElse("");
    }
}
