package dev.apprentice.dataset.run;

import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.persistence.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Counts how often this process ended during risky work for a run. Native code that aborts leaves no other trace, so a mark on
 * disk says that such work is in progress. An instance that takes the run over and finds the mark knows that the process crashed.
 *
 * <p>The mark is not synced: it has to outlive the process, not the machine, and is written often.
 */
public final class Crashes {

    private static final String FILE = "crashes.json";

    /**
     * @param requestedAt of the run's request; a new request starts a new count
     * @param count number of crashes
     * @param underWay whether risky work is in progress
     */
    private record Mark(Instant requestedAt, int count, boolean underWay) {}

    private final Path file;
    private final StateFolder state;
    private final Supplier<Optional<Instant>> requestedAt;
    private volatile Optional<Mark> mark;
    /** Whether this process set the mark; such a mark is no crash. */
    private volatile boolean ours;

    /** @param requestedAt when the run was last requested; empty while no request is known */
    Crashes(Path folder, StateFolder state, Supplier<Optional<Instant>> requestedAt) throws IOException {
        this.file = folder.resolve(FILE);
        this.state = state;
        this.requestedAt = requestedAt;
        this.mark = state.read(FILE, Mark.class);
    }

    /** Counts a mark that a dead process left as a crash. The caller makes sure that no process works for the run now. */
    void takeOver() throws IOException {
        mark = state.read(FILE, Mark.class);
        if (mark.filter(Mark::underWay).isPresent()) {
            write(new Mark(mark.get().requestedAt(), mark.get().count() + 1, false));
        }
    }

    /** Returns the number of crashes since the run was last requested. */
    public int count() {
        return requestedAt.get().map(this::of).orElse(0);
    }

    private int of(Instant request) {
        return mark.filter(known -> known.requestedAt().equals(request))
                .map(known -> known.count() + (known.underWay() && !ours ? 1 : 0))
                .orElse(0);
    }

    /** Work that may crash this process. */
    @FunctionalInterface
    public interface Risk<T> {

        T run() throws IOException;
    }

    /** Work without a result that may crash this process. */
    @FunctionalInterface
    public interface RiskyAction {

        void run() throws IOException;
    }

    /** Runs risky work, with a mark on disk while it is in progress. */
    public <T> T risk(Risk<T> work) throws IOException {
        Instant request = requestedAt.get().orElseThrow();
        int count = of(request);
        ours = true;
        write(new Mark(request, count, true));
        try {
            return work.run();
        } finally {
            survived();
        }
    }

    /** Runs risky work without a result. */
    public void risk(RiskyAction work) throws IOException {
        risk(() -> {
            work.run();
            return null;
        });
    }

    /** Removes this process's mark before a requested shutdown, which is no crash even during risky work. */
    public void endInPeace() throws IOException {
        survived();
    }

    private void survived() throws IOException {
        if (ours && mark.filter(Mark::underWay).isPresent()) {
            write(new Mark(mark.get().requestedAt(), mark.get().count(), false));
        }
        ours = false;
    }

    /** Forgets all crashes, after the risky work has succeeded. */
    public void forget() throws IOException {
        if (mark.isPresent()) {
            Files.deleteIfExists(file);
            mark = Optional.empty();
        }
    }

    private void write(Mark next) throws IOException {
        Path written = file.resolveSibling(FILE + ".tmp");
        Files.write(written, Json.MAPPER.writeValueAsBytes(next));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        mark = Optional.of(next);
    }
}
