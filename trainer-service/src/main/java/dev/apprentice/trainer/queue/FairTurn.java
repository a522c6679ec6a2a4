package dev.apprentice.trainer.queue;

import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.training.TrainingTurn;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Shares the trainer fairly among this instance's runs.
 *
 * <p>A run that waits for batches gives way to any run that has something to do. A run that learns gives way at the end of its
 * turn. Without that, a run of many epochs would keep all others waiting.
 */
final class FairTurn implements TrainingTurn {

    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(500).toNanos();

    private final Supplier<List<KnownRun>> waiting;
    private final Predicate<KnownRun> hasNews;
    private final Duration length;
    private final LongSupplier nanoTime;
    private final long began;
    private long looked;

    /**
     * @param waiting the other runs that wait for this instance
     * @param hasNews whether a run has something to do; asked at most twice a second
     * @param nanoTime a clock that never jumps
     */
    FairTurn(
            Supplier<List<KnownRun>> waiting,
            Predicate<KnownRun> hasNews,
            Duration length,
            LongSupplier nanoTime) {
        this.waiting = waiting;
        this.hasNews = hasNews;
        this.length = length;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.looked = began;
    }

    @Override
    public boolean isOver(boolean nothingToLearn) {
        long now = nanoTime.getAsLong();
        if (now - looked < LOOK_EVERY_NANOS || !nothingToLearn && now - began < length.toNanos()) {
            return false;
        }
        looked = now;
        return waiting.get().stream().anyMatch(hasNews);
    }
}
