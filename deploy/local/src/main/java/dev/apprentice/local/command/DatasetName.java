package dev.apprentice.local.command;

import dev.apprentice.contracts.Names;
import dev.apprentice.local.CommandException;
import java.nio.file.Path;

/** The name a file's examples get at dataset-service. */
final class DatasetName {

    private static final int LONGEST = 100;

    private DatasetName() {}

    /** The file's name without its ending, with '-' for what no name may contain. */
    static String of(Path file) {
        String name = file.getFileName()
                .toString()
                .replaceFirst("\\.[A-Za-z]+$", "")
                .replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceFirst("^[^A-Za-z0-9]+", "");
        String shortened = name.substring(0, Math.min(LONGEST, name.length()));
        if (!Names.isValid(shortened)) {
            throw new CommandException(
                    "The data file's name " + file.getFileName() + " gives no name for a dataset (" + Names.RULE
                            + "); rename the file.");
        }
        return shortened;
    }
}
