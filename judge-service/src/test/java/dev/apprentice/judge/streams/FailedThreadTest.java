package dev.apprentice.judge.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class FailedThreadTest {

    /** As Kafka Streams does: its thread asks what to do, and throws what it failed with in any case. */
    @Test
    void whatAThreadFailsWithIsLoggedAndNotPrintedByJavaAsWell() throws InterruptedException {
        AtomicReference<StreamThreadExceptionResponse> response = new AtomicReference<>();
        AtomicReference<Throwable> printed = new AtomicReference<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> printed.set(failure));
        try {
            Thread thread = new Thread(() -> {
                IllegalStateException failure = new IllegalStateException("a mistake");
                response.set(SupervisedStreams.replaceThread("report", failure));
                throw failure;
            });
            thread.start();
            thread.join();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }

        assertThat(response).hasValue(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(printed).hasValue(null);
    }
}
