package dev.apprentice.cli.recipe;

import dev.apprentice.local.CommandException;
import java.nio.file.Path;

/** Thrown for a mistake in a recipe; the message has its file and line. */
final class RecipeException extends CommandException {

    private static final long serialVersionUID = 1;

    /** Creates an exception. @param line from 1 */
    RecipeException(Path file, int line, String problem) {
        super(file + ", line " + line + ": " + problem);
    }
}
