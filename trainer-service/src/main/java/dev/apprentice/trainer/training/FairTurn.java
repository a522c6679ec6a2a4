package dev.apprentice.trainer.training;

import dev.apprentice.trainer.run.KnownRun;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Shares the trainer fairly among this instance's runs.
 *
 * <p>A run that waits gives way to any that has something to learn. A run that learns is not interrupted, unless it or the
 * one that waits for it learns from a stream: a stream has no end that others could wait for, nor can it wait for others'.
 * Then turns are of equal length.
 */
final class FairTurn implements Turn {

    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(500).toNanos();

    private final KnownRun run;
    private final Supplier<List<KnownRun>> waiting;
    private final Predicate<KnownRun> hasNews;
    private final Duration length;
    private final LongSupplier nanoTime;
    private final long began;
    private long looked;

    /**
     * @param waiting the other runs that there are for this instance
     * @param hasNews whether a run would have something to do; asked seldom
     * @param nanoTime a clock that never jumps
     */
    FairTurn(
            KnownRun run,
            Supplier<List<KnownRun>> waiting,
            Predicate<KnownRun> hasNews,
            Duration length,
            LongSupplier nanoTime) {
        this.run = run;
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
        return waiting.get().stream()
                .filter(other -> nothingToLearn || run.isStream() || other.isStream())
                .anyMatch(hasNews);
    }
}
