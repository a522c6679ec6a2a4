package dev.apprentice.cli.command.model;

import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.command.option.CheckpointName;
import dev.apprentice.cli.command.option.ModelOption;
import dev.apprentice.cli.command.option.StoredFolders;
import dev.apprentice.cli.command.option.UserPath;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.LocalSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model that a command line names: a run's checkpoint, or a folder on this machine or in an object store.
 *
 * @param name the folder's name, or run and step
 * @param place its location, for people: a folder, or its address in an object store
 * @param folder the folder to read it from: that folder, or the one that it was fetched into
 */
public record ChosenModel(String name, String place, Path folder) {

    static final String LABEL = CheckpointName.LABEL + "|FOLDER|s3://…";

    /** Finds the model. @throws CommandException if there is no such folder, run or checkpoint; it says how to find one */
    static ChosenModel of(String argument, LocalSystem system, Screen screen) {
        StoredFolders.connect(); // an adapter's base model may be in an object store
        if (ModelOption.isStored(argument)) {
            String place = argument.replaceAll("/+$", "");
            return new ChosenModel(place.substring(place.lastIndexOf('/') + 1), place, StoredFolders.fetch(argument, screen));
        }
        Path path = UserPath.of(argument);
        if (Files.isDirectory(path)) {
            return new ChosenModel(path.toAbsolutePath().normalize().getFileName().toString(), path.toString(), path);
        }
        if (argument.contains("/")) {
            throw new CommandException("The model " + argument
                    + " is not a folder; name a folder, one in an object store as s3://bucket/folder, or a run (`apprentice"
                    + " runs` lists them).");
        }
        CheckpointName named = CheckpointName.of(argument);
        Checkpoint checkpoint = named.in(new TrainerClient(system.ports()).run(named.run()));
        Path folder = CheckpointName.folder(checkpoint, screen);
        return new ChosenModel(
                named.run() + "-step-" + checkpoint.step(),
                ModelOption.isStored(checkpoint.uri()) ? checkpoint.uri() : folder.toString(),
                folder);
    }
}
