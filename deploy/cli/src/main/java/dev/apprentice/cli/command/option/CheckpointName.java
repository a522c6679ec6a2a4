package dev.apprentice.cli.command.option;

import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.answer.CheckpointLocation;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.local.CommandException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A checkpoint as every command's argument names it.
 *
 * @param run its run
 * @param which its step, {@code best} for the one with the lowest validation loss (training loss if none was measured), or
 *     {@code last} for the newest; empty if only the run is named, which also means the newest
 */
public record CheckpointName(String run, Optional<String> which) {

    public static final String LABEL = "RUN[@STEP]";

    private static final String BEST = "best";
    private static final String LAST = "last";
    private static final Pattern WHICH = Pattern.compile(BEST + "|" + LAST + "|[0-9]{1,9}");

    /** Reads {@code RUN}, {@code RUN@STEP}, {@code RUN@best} or {@code RUN@last}. @throws CommandException if the text is none of them */
    public static CheckpointName of(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            return new CheckpointName(text, Optional.empty());
        }
        String which = text.substring(at + 1);
        if (at == 0 || !WHICH.matcher(which).matches()) {
            throw new CommandException("'" + text + "' names no checkpoint; one is RUN, RUN@STEP, RUN@best or RUN@last.");
        }
        return new CheckpointName(text.substring(0, at), Optional.of(which));
    }

    /**
     * Returns its step; empty if only the run is named. Asks trainer-service only for {@code best} and {@code last}.
     *
     * @param step the step of the {@code --step} option
     * @throws CommandException if there is no such run or checkpoint, or the step is named twice
     */
    public Optional<Integer> step(Optional<Integer> step, TrainerClient trainer) {
        if (which.isEmpty() || step.isEmpty() && isStep()) {
            return step.or(() -> which.map(Integer::valueOf));
        }
        if (step.isPresent()) {
            throw new CommandException("The step is named twice: " + run + "@" + which.get() + " and --step " + step.get()
                    + "; leave one out.");
        }
        return Optional.of(in(trainer.run(run)).step());
    }

    private boolean isStep() {
        return !which.equals(Optional.of(BEST)) && !which.equals(Optional.of(LAST));
    }

    /** Returns this checkpoint of the run. @throws CommandException if the run does not have it; the message lists those it has */
    public Checkpoint in(RunStatus status) {
        if (status.checkpoints().isEmpty()) {
            throw new CommandException("The run " + run + " has no checkpoint yet; `apprentice follow " + run
                    + "` shows how far it is.");
        }
        Optional<Checkpoint> found = which.isEmpty() || which.get().equals(LAST)
                ? status.newestCheckpoint()
                : isStep() ? atStep(status, Integer.parseInt(which.get())) : status.bestCheckpoint();
        return found.orElseThrow(() -> new CommandException(
                (isStep()
                                ? "The run " + run + " has no checkpoint of step " + which.get()
                                : "No checkpoint of the run " + run + " has a measured loss, so none is the best")
                        + "; it has those of steps "
                        + status.steps().stream().map(String::valueOf).collect(Collectors.joining(", ")) + "."));
    }

    private static Optional<Checkpoint> atStep(RunStatus status, int step) {
        return status.checkpoints().stream().filter(each -> each.step() == step).findFirst();
    }

    /** Returns the location at which services find the checkpoint as a base model. @throws CommandException if it does not exist */
    public static String location(Checkpoint checkpoint) {
        return ModelOption.isStored(checkpoint.uri()) ? checkpoint.uri() : folder(checkpoint).toString();
    }

    /** Returns the checkpoint's folder, fetched if it is in an object store. @throws CommandException if it does not exist */
    public static Path folder(Checkpoint checkpoint, Screen screen) {
        return ModelOption.isStored(checkpoint.uri()) ? StoredFolders.fetch(checkpoint.uri(), screen) : folder(checkpoint);
    }

    private static Path folder(Checkpoint checkpoint) {
        CheckpointLocation place = CheckpointLocation.of(checkpoint);
        String what = "The checkpoint of step " + checkpoint.step() + " of run " + checkpoint.run();
        if (!place.isThere()) {
            throw new CommandException(what + " was in " + place + " but no longer exists; `apprentice runs` lists the"
                    + " checkpoints that do.");
        }
        return place.folder().orElseThrow(() -> new CommandException(what + " is at " + place
                + "; download it, and name its folder."));
    }
}
