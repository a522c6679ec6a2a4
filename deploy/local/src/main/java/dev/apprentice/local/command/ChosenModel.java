package dev.apprentice.local.command;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.client.Place;
import dev.apprentice.local.client.RunStatus;
import dev.apprentice.local.client.TrainerClient;
import dev.apprentice.local.system.LocalSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model that a command line names: a run's newest checkpoint, {@code RUN@STEP} for another of its checkpoints, or a folder.
 *
 * @param name what to call it: the folder's name, or run and step
 * @param folder where it lies
 */
record ChosenModel(String name, Path folder) {

    static final String LABEL = "RUN[@STEP]|FOLDER";

    /** @throws CommandException if there is no such folder, run or checkpoint, with the way to find one */
    static ChosenModel of(String argument, LocalSystem system) {
        Path path = UserPath.of(argument);
        if (Files.isDirectory(path)) {
            return new ChosenModel(path.toAbsolutePath().normalize().getFileName().toString(), path);
        }
        if (argument.contains("/")) {
            throw new CommandException("The model " + argument
                    + " is no folder; name one, or a run (`apprentice runs` lists them).");
        }
        int at = argument.lastIndexOf('@');
        String run = at < 0 ? argument : argument.substring(0, at);
        RunStatus status = new TrainerClient(system.ports()).run(run);
        Checkpoint checkpoint = at < 0 ? newest(status) : atStep(status, argument.substring(at + 1));
        Place place = Place.of(checkpoint);
        String which = "The checkpoint of step " + checkpoint.step() + " of " + run;
        if (!place.isThere()) {
            throw new CommandException(which + " was in " + place + ", and is not there any more.");
        }
        return new ChosenModel(
                run + "-step-" + checkpoint.step(),
                place.folder().orElseThrow(() -> new CommandException(which + " lies at " + place
                        + "; fetch it, and name the folder that you fetched it to.")));
    }

    private static Checkpoint newest(RunStatus status) {
        return status.newestCheckpoint().orElseThrow(() -> new CommandException("The run " + status.run()
                + " has no checkpoint yet; `apprentice follow " + status.run() + "` shows how far it is."));
    }

    private static Checkpoint atStep(RunStatus status, String step) {
        Optional<Checkpoint> found = status.checkpoints().stream()
                .filter(checkpoint -> String.valueOf(checkpoint.step()).equals(step))
                .findFirst();
        return found.orElseThrow(() -> new CommandException("The run " + status.run() + " has no checkpoint of step " + step
                + "; it has those of steps "
                + status.steps().stream().map(String::valueOf).collect(Collectors.joining(", ")) + "."));
    }
}
