package dev.apprentice.dataset.run;

import dev.apprentice.dataset.persistence.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** What a small file says that another instance may write, too: looked at again when the last look is a moment old. */
final class SharedValue<T> {

    private static final long MOMENT = Duration.ofMillis(200).toNanos();

    private final StateFolder state;
    private final String file;
    private final Class<T> type;
    private Optional<T> value;
    private long looked;

    SharedValue(StateFolder state, String file, Class<T> type) throws IOException {
        this.state = state;
        this.file = file;
        this.type = type;
        lookAgain();
    }

    /** @throws UncheckedIOException if the file cannot be read */
    synchronized Optional<T> get() {
        if (System.nanoTime() - looked > MOMENT) {
            try {
                lookAgain();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return value;
    }

    synchronized void lookAgain() throws IOException {
        value = state.read(file, type);
        looked = System.nanoTime();
    }

    /** Writes the file; on disk when this returns. */
    synchronized void set(T next) throws IOException {
        state.write(file, next);
        value = Optional.of(next);
        looked = System.nanoTime();
    }
}
