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
 * A run's progress events, read in the background from the first that is remembered. A stream that breaks is resumed
 * where it broke, as often as it takes.
 */
final class ProgressFeed implements AutoCloseable {

    /** Beyond it the service is not read from until some are taken. */
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

    /** The next event; empty when none comes within that time. */
    Optional<Progress> next(Duration within) {
        try {
            return Optional.ofNullable(events.poll(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** What keeps events from coming, for now. */
    Optional<RuntimeException> broken() {
        return broken;
    }

    private void read() {
        while (!over && !Thread.currentThread().isInterrupted()) {
            try {
                trainer.progress(run, lastId, this::take);
                broken = Optional.empty();
            } catch (UncheckedIOException e) {
                broken = Optional.of(new UnreachableException("trainer-service's news of " + run + " broke off ("
                        + e.getCause().getMessage() + ").", e));
            } catch (CommandException e) { // also one that has just started and does not know its runs yet
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
            Thread.currentThread().interrupt(); // closed: there is no reader
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
