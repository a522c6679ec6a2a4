package dev.apprentice.cli.client;

import dev.apprentice.local.CommandException;
import java.util.Optional;
import java.util.function.Supplier;

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

    /** Answers a question, in a user's words where the service does not know what it is about. */
    static <T> T orUnknown(Supplier<T> question, String unknown) {
        try {
            return question.get();
        } catch (ServiceException e) {
            throw e.notFound() ? new ServiceException(e.status, unknown) : e;
        }
    }

    /** Answers a question; empty where the service does not know what it is about. */
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

    /** The service cannot do it just now. */
    public boolean comeAgain() {
        return status == UNAVAILABLE || status == TOO_MANY_REQUESTS;
    }

    /** What was asked for does not exist (yet). */
    private boolean notFound() {
        return status == NOT_FOUND;
    }
}
