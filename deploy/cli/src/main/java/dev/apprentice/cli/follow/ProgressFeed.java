package dev.apprentice.cli.follow;

import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.UnreachableException;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.local.CommandException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads a run's progress events in the background, from the oldest that trainer-service still has. If the stream breaks, it
 * resumes after the last event, as often as needed.
 */
final class ProgressFeed implements AutoCloseable {

    /** The most events that wait to be taken. While so many wait, the reader blocks. */
    private static final int MOST_WAITING = 1_000;
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

    private final TrainerClient trainer;
    private final String run;
    private final BlockingQueue<Progress> events = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread reader;
    private volatile Optional<RuntimeException> broken = Optional.empty();
    private Optional<String> lastId = Optional.empty();
    private boolean over;

    ProgressFeed(TrainerClient trainer, String run) {
        this.trainer = trainer;
        this.run = run;
        this.reader = new Thread(this::read, "progress of " + run);
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns the next event; empty if none comes within that time. */
    Optional<Progress> next(Duration within) {
        try {
            return Optional.ofNullable(events.poll(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Returns the error that stops events for now; empty if there is none. */
    Optional<RuntimeException> broken() {
        return broken;
    }

    private void read() {
        while (!over && !Thread.currentThread().isInterrupted()) {
            try {
                trainer.progress(run, lastId, this::take);
                broken = Optional.empty();
            } catch (UncheckedIOException e) {
                broken = Optional.of(new UnreachableException("The progress stream of run " + run + " broke ("
                        + e.getCause().getMessage() + ").", e));
            } catch (CommandException e) { // also of a service that has just started and has not read its runs yet
                broken = Optional.of(e);
            }
            pause();
        }
    }

    private void take(Optional<String> id, Progress progress) {
        broken = Optional.empty();
        lastId = id.or(() -> lastId);
        over = progress.phase().isFinal();
        try {
            events.put(progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed, so no one reads the queue
        }
    }

    private void pause() {
        try {
            Thread.sleep(over ? 0 : BEFORE_NEXT_TRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
