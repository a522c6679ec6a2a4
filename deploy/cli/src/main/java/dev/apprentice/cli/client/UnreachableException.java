package dev.apprentice.cli.client;

import dev.apprentice.local.CommandException;

/** Thrown if a service or the broker does not respond. */
public final class UnreachableException extends CommandException {

    public UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
