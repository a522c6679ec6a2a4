package dev.apprentice.dataset.run;

import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.persistence.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * How often this process ended while it did something for a run that it may not come out of: native code that aborts leaves
 * no other trace. A mark on disk says that such a thing is under way; who takes the run over and finds it knows that it ended
 * badly.
 *
 * <p>The mark is not synced: it is to outlive the process, not the machine, and is set often.
 */
final class Crashes {

    private static final String FILE = "crashes.json";

    /**
     * @param requestedAt of the request; another one begins anew
     * @param count how often
     * @param underWay whether something is under way
     */
    private record Mark(Instant requestedAt, int count, boolean underWay) {}

    private final Path file;
    private final StateFolder state;
    private volatile Optional<Mark> mark;
    /** Whether the mark that is under way is of this process, so that it is no crash. */
    private volatile boolean ours;

    Crashes(Path folder, StateFolder state) throws IOException {
        this.file = folder.resolve(FILE);
        this.state = state;
        this.mark = state.read(FILE, Mark.class);
    }

    /** Nothing is done for the run in any process now: what is under way by the mark was ended with its process. */
    void takeOver() throws IOException {
        mark = state.read(FILE, Mark.class);
        if (mark.filter(Mark::underWay).isPresent()) {
            write(new Mark(mark.get().requestedAt(), mark.get().count() + 1, false));
        }
    }

    int of(Instant requestedAt) {
        return mark.filter(known -> known.requestedAt().equals(requestedAt))
                .map(known -> known.count() + (known.underWay() && !ours ? 1 : 0))
                .orElse(0);
    }

    /** Something begins. */
    void risk(Instant requestedAt) throws IOException {
        int count = of(requestedAt);
        ours = true;
        write(new Mark(requestedAt, count, true));
    }

    /** The process came out of it. */
    void survived() throws IOException {
        if (ours && mark.filter(Mark::underWay).isPresent()) {
            write(new Mark(mark.get().requestedAt(), mark.get().count(), false));
        }
        ours = false;
    }

    /** What the process once did not come out of is done. */
    void forget() throws IOException {
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
