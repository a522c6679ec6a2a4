package dev.apprentice.contracts;

/** A record's JSON could be read but says something impossible, or could not be read at all. The message says what and where. */
public class InvalidEventException extends RuntimeException {

    public InvalidEventException(String message) {
        super(message);
    }

    public InvalidEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
