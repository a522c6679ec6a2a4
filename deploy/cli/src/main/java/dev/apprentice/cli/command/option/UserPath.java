package dev.apprentice.cli.command.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Paths as people write them. A shell leaves {@code ~} alone in quotes and behind {@code =}, so it is read here. */
public final class UserPath implements ITypeConverter<Path> {

    @Override
    public Path convert(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("it is empty"); // as a variable that is not set leaves it
        }
        try {
            return of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' is no path (" + e.getReason() + ")");
        }
    }

    /** @throws InvalidPathException if no file can be called so */
    public static Path of(String text) {
        boolean home = text.equals("~") || text.startsWith("~/");
        return Path.of(home ? System.getProperty("user.home") + text.substring(1) : text);
    }
}
