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
 * How often this process ended while it did something for a run that it may not come out of: native code that aborts leaves
 * no other trace. A mark on disk says that such a thing is under way; who takes the run over and finds it knows that it ended
 * badly.
 *
 * <p>The mark is not synced: it is to outlive the process, not the machine, and is set often.
 */
public final class Crashes {

    private static final String FILE = "crashes.json";

    /**
     * @param requestedAt of the request; another one begins anew
     * @param count how often
     * @param underWay whether something is under way
     */
    private record Mark(Instant requestedAt, int count, boolean underWay) {}

    private final Path file;
    private final StateFolder state;
    private final Supplier<Optional<Instant>> requestedAt;
    private volatile Optional<Mark> mark;
    /** Whether the mark that is under way is of this process, so that it is no crash. */
    private volatile boolean ours;

    /** @param requestedAt when the run was last asked for; empty while no request is known */
    Crashes(Path folder, StateFolder state, Supplier<Optional<Instant>> requestedAt) throws IOException {
        this.file = folder.resolve(FILE);
        this.state = state;
        this.requestedAt = requestedAt;
        this.mark = state.read(FILE, Mark.class);
    }

    /** Nothing is done for the run in any process now: what is under way by the mark was ended with its process. */
    void takeOver() throws IOException {
        mark = state.read(FILE, Mark.class);
        if (mark.filter(Mark::underWay).isPresent()) {
            write(new Mark(mark.get().requestedAt(), mark.get().count() + 1, false));
        }
    }

    /** How often, since the run was last asked for. */
    public int count() {
        return requestedAt.get().map(this::of).orElse(0);
    }

    private int of(Instant request) {
        return mark.filter(known -> known.requestedAt().equals(request))
                .map(known -> known.count() + (known.underWay() && !ours ? 1 : 0))
                .orElse(0);
    }

    /** Something that this process may not come out of. */
    @FunctionalInterface
    public interface Risk<T> {

        T run() throws IOException;
    }

    /** The like without a result. */
    @FunctionalInterface
    public interface RiskyAction {

        void run() throws IOException;
    }

    /** Does something risky, with a mark on disk while it is under way. */
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

    /** Does something risky that has no result. */
    public void risk(RiskyAction work) throws IOException {
        risk(() -> {
            work.run();
            return null;
        });
    }

    /** An end that was asked for is no crash, even with something under way. */
    public void endInPeace() throws IOException {
        survived();
    }

    private void survived() throws IOException {
        if (ours && mark.filter(Mark::underWay).isPresent()) {
            write(new Mark(mark.get().requestedAt(), mark.get().count(), false));
        }
        ours = false;
    }

    /** What was risky is done, so that earlier ends were not the run's fault. */
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
