package dev.apprentice.local;

/** Why a command cannot go on, in one or a few sentences for the person who typed it. Never a bug. */
public class CommandException extends RuntimeException {

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
