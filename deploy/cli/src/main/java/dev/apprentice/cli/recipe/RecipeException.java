package dev.apprentice.cli.recipe;

import dev.apprentice.local.CommandException;
import java.nio.file.Path;

/** What is wrong with a recipe, with its file and line. */
final class RecipeException extends CommandException {

    private static final long serialVersionUID = 1;

    /** @param line from 1 */
    RecipeException(Path file, int line, String problem) {
        super(file + ", line " + line + ": " + problem);
    }
}
