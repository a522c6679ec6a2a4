package dev.apprentice.service.log;

import dev.apprentice.contracts.Causes;
import io.quarkus.logging.LoggingFilter;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Has a service that does not start say why in the first words of its line, before the exceptions. Quarkus says there only that
 * the application failed to start.
 */
@LoggingFilter(name = StartFailure.NAME)
public final class StartFailure implements Filter {

    /** {@code quarkus.log.console.filter} names it. */
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

    /** The outermost message that is not just its cause's. */
    static Optional<String> sentence(Throwable failure) {
        return Causes.of(failure)
                .filter(each -> each.getMessage() != null && !each.getMessage().equals(NOTHING_SAID))
                .filter(each -> each.getCause() == null || !each.getMessage().equals(each.getCause().toString()))
                .map(Throwable::getMessage)
                .findFirst();
    }
}
