package dev.apprentice.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class StartFailureTest {

    private static final String WHY = "the folder /data cannot be written; set apprentice.judge.home to another";

    /** The log record is like that of Quarkus, whose own exception wraps that of a bean. */
    @Test
    void whyAServiceDoesNotStartIsSaidFirst() {
        LogRecord record = logged("io.quarkus.runtime.Application", "Failed to start application",
                new RuntimeException("Failed to start quarkus", new RuntimeException(new IllegalStateException(WHY, new IOException("EACCES")))));

        assertThat(new StartFailure().isLoggable(record)).isTrue();
        assertThat(record.getMessage()).isEqualTo("This service does not start: " + WHY);
        assertThat(record.getThrown()).hasMessage("Failed to start quarkus");
    }

    @Test
    void otherLinesStayAsTheyAre() {
        LogRecord other = logged("dev.apprentice.any", "something else failed", new IllegalStateException(WHY));
        LogRecord started = logged("io.quarkus.runtime.Application", "started", null);

        assertThat(new StartFailure().isLoggable(other)).isTrue();
        assertThat(new StartFailure().isLoggable(started)).isTrue();
        assertThat(other.getMessage()).isEqualTo("something else failed");
        assertThat(started.getMessage()).isEqualTo("started");
    }

    @Test
    void theConsoleIsSetUpWithIt() throws IOException {
        Properties settings = new Properties();
        try (InputStream file = StartFailure.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            settings.load(file);
        }

        assertThat(settings).containsEntry("quarkus.log.console.filter", StartFailure.NAME);
    }

    private static LogRecord logged(String logger, String message, Throwable thrown) {
        LogRecord record = new LogRecord(Level.SEVERE, message);
        record.setLoggerName(logger);
        record.setThrown(thrown);
        return record;
    }
}
