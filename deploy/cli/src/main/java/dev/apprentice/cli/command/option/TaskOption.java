package dev.apprentice.cli.command.option;

import dev.apprentice.cli.terminal.Words;
import dev.apprentice.local.CommandException;
import dev.apprentice.prompts.task.TaskTemplate;
import dev.apprentice.prompts.task.TaskTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what {@code --template} names: a bundled task template, or a file of the user. */
public final class TaskOption {

    private TaskOption() {}

    public static TaskTemplate of(String name) {
        try {
            return isFile(name) ? TaskTemplates.read(name, text(name)) : TaskTemplates.bundled(name);
        } catch (IllegalArgumentException e) {
            throw new CommandException(Words.sentence(e), e);
        }
    }

    /** Returns the template's YAML text. */
    public static String text(String name) {
        if (!isFile(name)) {
            try {
                return TaskTemplates.text(name);
            } catch (IllegalArgumentException e) {
                throw new CommandException(Words.sentence(e), e);
            }
        }
        Path file = UserPath.of(name);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandException("The task template " + file + " does not exist or cannot be read as UTF-8.", e);
        }
    }

    /** Tells whether the name is that of a user's file. */
    public static boolean isFile(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }
}
