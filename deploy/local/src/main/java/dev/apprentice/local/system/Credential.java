package dev.apprentice.local.system;

import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The credential with which the command line signs in at services: an API key, or a token of an OIDC issuer.
 *
 * @param value the text after {@code Authorization: Bearer}
 */
public record Credential(String value) {

    /** The environment variable with the credential. */
    public static final String VARIABLE = "APPRENTICE_API_KEY";

    /** The characters that the header allows (RFC 6750). */
    private static final String TOKEN = "[A-Za-z0-9._~+/=-]+";

    /**
     * Returns the credential in the file, else the one in the environment.
     *
     * @param file the file that {@code --api-key-file} names
     * @throws CommandException if it cannot be used; the message does not contain it
     */
    public static Optional<Credential> find(Optional<Path> file, Map<String, String> environment) {
        return file.isPresent()
                ? Optional.of(of(read(file.get()), "--api-key-file " + file.get()))
                : Optional.ofNullable(environment.get(VARIABLE)).filter(value -> !value.isBlank()).map(value -> of(value, VARIABLE));
    }

    private static Credential of(String text, String place) {
        String value = text.strip();
        if (!value.matches(TOKEN)) {
            throw new CommandException(place + " holds no API key: it must be one word of letters, digits and . _ ~ + / = -,"
                    + " without the name and the role that a service's file of keys has before it.");
        }
        return new Credential(value);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandException("--api-key-file " + file + " cannot be read (" + e.getClass().getSimpleName() + ").", e);
        }
    }

    /** Returns a text without the key. */
    @Override
    public String toString() {
        return "an API key";
    }
}
