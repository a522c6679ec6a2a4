package dev.apprentice.trainer.run;

import dev.apprentice.trainer.run.RunStoppedException.Reason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stops work on a run when it is cancelled, has ended elsewhere, is given to another instance, or this instance shuts down. */
public final class RunStop implements StopSignal {

    private static final long LOOK_EVERY_MS = 100;

    private final KnownRun known;
    private final RunRegistry registry;
    private final Ownership ownership;
    private final CountDownLatch closing;

    /** @param closing at zero once this instance shuts down */
    public RunStop(KnownRun known, RunRegistry registry, Ownership ownership, CountDownLatch closing) {
        this.known = known;
        this.registry = registry;
        this.ownership = ownership;
        this.closing = closing;
    }

    @Override
    public void check() {
        if (closing.getCount() == 0) {
            throw new RunStoppedException(Reason.SHUTDOWN);
        }
        if (!ownership.owns(known.partition())) {
            throw new RunStoppedException(Reason.NOT_OURS);
        }
        KnownRun now = registry.find(known.name()).orElse(known);
        if (now.conclusion().isPresent()) {
            throw new RunStoppedException(Reason.CONCLUDED);
        }
        if (now.isCancelled()) {
            throw new RunStoppedException(Reason.CANCELLED);
        }
    }

    @Override
    public void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        do {
            check();
            await();
        } while (System.nanoTime() < end);
        check();
    }

    private void await() {
        try {
            closing.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunStoppedException(Reason.SHUTDOWN);
        }
    }
}
