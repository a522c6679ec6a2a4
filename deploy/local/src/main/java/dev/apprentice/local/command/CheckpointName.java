package dev.apprentice.local.command;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.client.RunStatus;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A checkpoint as it is named on the command line.
 *
 * @param run its run
 * @param step {@code RUN@STEP}, {@code RUN@best}, or {@code RUN} alone for the newest
 */
record CheckpointName(String run, Optional<String> step) {

    private static final String BEST = "best";

    static CheckpointName of(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? new CheckpointName(text, Optional.empty())
                : new CheckpointName(text.substring(0, at), Optional.of(text.substring(at + 1)));
    }

    /** @throws CommandException if the run has none of that name, naming those it has */
    Checkpoint in(RunStatus status) {
        Optional<Checkpoint> found = step.isEmpty()
                ? status.newestCheckpoint()
                : step.get().equals(BEST)
                        ? status.bestCheckpoint()
                        : status.checkpoints().stream()
                                .filter(each -> Integer.toString(each.step()).equals(step.get()))
                                .findFirst();
        return found.orElseThrow(() -> new CommandException(
                "The run " + run + " has no checkpoint" + step.map(name -> " '" + name + "'").orElse("") + "; "
                        + (status.checkpoints().isEmpty()
                                ? "it has none yet."
                                : "it has those of steps "
                                        + status.steps().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".")));
    }
}
