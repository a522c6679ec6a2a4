package dev.apprentice.service.health;

import dev.apprentice.service.metrics.DataFolder;
import dev.apprentice.service.metrics.DiskRoom;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.service.threads.WatchedThreads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Health condition for the disk with a service's data. While it is full, existing data stays available, and new data waits or is
 * refused.
 *
 * <p>A separate thread checks it, because a network disk may hang.
 */
@Wellness
@ApplicationScoped
public class DiskCondition implements Condition {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final double MEGABYTE = 1 << 20;

    /** The disk counts as full below this many free bytes, or on a small disk, below the share of {@link #LEAST_SHARE}. */
    private static final double LEAST_FREE = 100 * MEGABYTE;
    private static final double LEAST_SHARE = 0.01;

    private final DiskRoom room;
    private final WatchedThreads threads;
    private final WatchedThread thread = new WatchedThread("disk-room", this::look, LOOK_EVERY);
    private volatile Optional<String> trouble = Optional.empty();

    DiskCondition(DataFolder data, WatchedThreads threads) {
        this.room = new DiskRoom(data.path());
        this.threads = threads;
    }

    void start(@Observes StartupEvent event) {
        threads.start(thread);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.stop();
    }

    private void look(WatchedThread self) throws InterruptedException {
        do {
            self.busyWith(() -> trouble = trouble(room.free(), room.size()));
        } while (!self.pause(LOOK_EVERY));
    }

    /** Returns the trouble for these numbers of bytes; empty if the size is unknown. */
    static Optional<String> trouble(double free, double size) {
        return size > 0 && free < Math.min(LEAST_FREE, size * LEAST_SHARE)
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "the disk of this service's data has %.1f MB free of %.0f MB; free some space or enlarge it",
                        free / MEGABYTE, size / MEGABYTE))
                : Optional.empty();
    }

    @Override
    public String name() {
        return "Disk";
    }

    @Override
    public Optional<String> trouble() {
        return trouble;
    }
}
