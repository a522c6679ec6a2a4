package dev.apprentice.cli.client;

import dev.apprentice.local.CommandException;

/** A service's answer that is no success, in its own words. */
public final class ServiceException extends CommandException {

    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final int status;

    ServiceException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** As a user at the command line needs it. */
    public ServiceException inOtherWords(String message) {
        return new ServiceException(status, message);
    }

    /** The service cannot do it just now. */
    public boolean comeAgain() {
        return status == UNAVAILABLE || status == TOO_MANY_REQUESTS;
    }

    /** What was asked for does not exist (yet). */
    public boolean notFound() {
        return status == NOT_FOUND;
    }
}
