package dev.apprentice.cli.client;

import dev.apprentice.local.CommandException;

/** A service, or the broker, that gives no answer, for now or for good. */
public final class UnreachableException extends CommandException {

    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
