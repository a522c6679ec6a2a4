package dev.apprentice.cli.command.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads paths as people write them. It expands {@code ~}, which a shell leaves alone in quotes and after {@code =}. */
public final class UserPath implements ITypeConverter<Path> {

    @Override
    public Path convert(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("it is empty"); // such as the value of a variable that is not set
        }
        try {
            return of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' is not a valid path (" + e.getReason() + ")");
        }
    }

    /** Returns the path, with {@code ~} expanded. @throws InvalidPathException if the text is not a valid path */
    public static Path of(String text) {
        boolean home = text.equals("~") || text.startsWith("~/");
        return Path.of(home ? System.getProperty("user.home") + text.substring(1) : text);
    }
}
