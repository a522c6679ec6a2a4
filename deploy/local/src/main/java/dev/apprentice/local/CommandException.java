package dev.apprentice.local;

/** Thrown if a command cannot go on; the message is one or a few sentences for the person who typed it. Never used for a bug. */
public class CommandException extends RuntimeException {

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
