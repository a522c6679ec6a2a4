package dev.apprentice.cli.client.answer;

import java.util.Optional;

/**
 * What judge-service found out about a judge that it was asked to check.
 *
 * @param judge its name, {@code [SERVER:]MODEL[@RUBRIC]}
 * @param ok whether it can grade now
 * @param address where its model is asked; empty for a metric and for a judge that cannot be
 * @param problem what is wrong, in a sentence; empty where nothing is
 * @param wayOut what helps
 */
public record JudgeFinding(
        String judge, boolean ok, Optional<String> address, Optional<String> problem, Optional<String> wayOut) {

    /** Whether waiting may help: its name is all right, and its server or its model is missing. */
    public boolean mayCome() {
        return address.isPresent();
    }

    @Override
    public String toString() {
        return "Judge '" + judge + "' cannot grade" + (mayCome() ? " now" : "") + ": " + problem.orElse("no reason is given")
                + wayOut.map(help -> System.lineSeparator() + "  What helps: " + help).orElse("");
    }
}
