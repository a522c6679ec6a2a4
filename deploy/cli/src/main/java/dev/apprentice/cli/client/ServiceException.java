package dev.apprentice.cli.client;

import dev.apprentice.local.CommandException;
import java.util.Optional;
import java.util.function.Supplier;

/** A service's error response, as a message for the user. */
public final class ServiceException extends CommandException {

    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final int status;

    ServiceException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Runs a query. If the service answers 404, throws an exception with the given message. */
    static <T> T orUnknown(Supplier<T> question, String unknown) {
        try {
            return question.get();
        } catch (ServiceException e) {
            throw e.notFound() ? new ServiceException(e.status, unknown) : e;
        }
    }

    /** Runs a query; returns empty if the service answers 404. */
    public static <T> Optional<T> found(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (ServiceException e) {
            if (e.notFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Tells whether the service is unavailable or overloaded, so a later try may succeed. */
    public boolean comeAgain() {
        return status == UNAVAILABLE || status == TOO_MANY_REQUESTS;
    }

    /** Tells whether the thing asked for does not exist, or does not exist yet. */
    private boolean notFound() {
        return status == NOT_FOUND;
    }
}
