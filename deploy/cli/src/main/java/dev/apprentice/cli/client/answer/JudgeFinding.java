package dev.apprentice.cli.client.answer;

import java.util.Optional;

/**
 * What judge-service found when it checked a judge.
 *
 * @param judge its name, {@code [SERVER:]MODEL[@RUBRIC]}
 * @param ok whether it can grade now
 * @param address where its model is asked; empty for a metric, and for a judge that cannot exist
 * @param problem what is wrong, in a sentence; empty if nothing is
 * @param wayOut what helps
 */
public record JudgeFinding(
        String judge, boolean ok, Optional<String> address, Optional<String> problem, Optional<String> wayOut) {

    /** Tells whether waiting may help: the judge's name is valid, but its server or its model is missing. */
    public boolean mayCome() {
        return address.isPresent();
    }

    @Override
    public String toString() {
        return "Judge '" + judge + "' cannot grade" + (mayCome() ? " now" : "") + ": " + problem.orElse("no reason is given")
                + wayOut.map(help -> System.lineSeparator() + "  What helps: " + help).orElse("");
    }
}
