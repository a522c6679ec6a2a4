package dev.apprentice.cli.benchmark;

import dev.apprentice.model.card.GraphicsCards;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Samples how busy a graphics card is and how much of its memory is in use. Its driver reports both, for all processes. PyTorch
 * returns no memory while it runs, so even rare samples find the peak.
 */
public final class CardWatch implements AutoCloseable {

    private static final long LOOK_EVERY_MS = 100;
    private static final double PERCENT = 100;
    private static final double GIGABYTE = 1e9;

    private final DoubleSupplier busy;
    private final DoubleSupplier memory;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread looking = new Thread(task, "card-watch");
        looking.setDaemon(true);
        return looking;
    });
    private double busySum;
    private int busyLooks;
    private double peak = Double.NaN;

    CardWatch(DoubleSupplier busy, DoubleSupplier memory) {
        this.busy = busy;
        this.memory = memory;
    }

    /** Starts to sample. @param index the card's index in the driver's order */
    public static CardWatch start(GraphicsCards cards, int index) {
        CardWatch watch = new CardWatch(() -> cards.busy(index), () -> cards.memoryUsed(index));
        watch.thread.scheduleAtFixedRate(watch::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Takes one sample. */
    synchronized void look() {
        double share = busy.getAsDouble();
        if (!Double.isNaN(share)) {
            busySum += share;
            busyLooks++;
        }
        double used = memory.getAsDouble();
        peak = Double.isNaN(peak) ? used : Math.max(peak, used);
    }

    /** Returns what was sampled so far, on two lines. */
    public synchronized String describe() {
        String taken = Double.isNaN(peak)
                ? "Peak memory of the card: unknown, its driver does not report it"
                : String.format(Locale.ROOT, "Peak memory of the card: %.1f GB, of all its processes", peak / GIGABYTE);
        String waiting = busyLooks == 0
                ? "Card idle: unknown, its driver does not report it"
                : String.format(Locale.ROOT, "Card idle: %.1f %% of the time, by %d readings of its driver",
                        PERCENT * (1 - busySum / busyLooks), busyLooks);
        return taken + System.lineSeparator() + waiting;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
