package dev.apprentice.service.log;

import dev.apprentice.contracts.Causes;
import io.quarkus.logging.LoggingFilter;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Puts the reason why a service does not start at the beginning of its log line, before the exceptions. Quarkus' own message only
 * says that the application failed to start.
 */
@LoggingFilter(name = StartFailure.NAME)
public final class StartFailure implements Filter {

    /** The name that {@code quarkus.log.console.filter} refers to. */
    static final String NAME = "start-failure";

    private static final String APPLICATION = "io.quarkus.runtime.Application";
    private static final String NOTHING_SAID = "Failed to start quarkus";

    @Override
    public boolean isLoggable(LogRecord record) {
        if (APPLICATION.equals(record.getLoggerName()) && record.getThrown() != null) {
            sentence(record.getThrown()).ifPresent(why -> record.setMessage("This service does not start: " + why));
        }
        return true;
    }

    /** Returns the outermost message that is not merely its cause's. */
    static Optional<String> sentence(Throwable failure) {
        return Causes.of(failure)
                .filter(each -> each.getMessage() != null && !each.getMessage().equals(NOTHING_SAID))
                .filter(each -> each.getCause() == null || !each.getMessage().equals(each.getCause().toString()))
                .map(Throwable::getMessage)
                .findFirst();
    }
}
