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
 * The disk is full that a service keeps its things on. What it has is still shown; what it would keep waits, or is refused.
 *
 * <p>A thread of its own looks, since a disk on a network may hang.
 */
@Wellness
@ApplicationScoped
public class DiskCondition implements Condition {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final double MEGABYTE = 1 << 20;

    /** Less room than this is none, or less than so much of a small disk. */
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

    /** In bytes; of a disk that tells no size nothing is known. */
    static Optional<String> trouble(double free, double size) {
        return size > 0 && free < Math.min(LEAST_FREE, size * LEAST_SHARE)
                ? Optional.of(String.format(Locale.ROOT, "the disk of this service's data has %.1f MB free of %.0f MB; make room or enlarge it",
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
