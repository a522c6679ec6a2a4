package dev.apprentice.dataset.run;

import dev.apprentice.dataset.persistence.StateFolder;
import dev.apprentice.service.log.RepeatedWarning;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The value in a small file that another instance may write, too. It is read again when the last read is more than 200 ms old. */
final class SharedValue<T> {

    private static final Logger LOG = Logger.getLogger(SharedValue.class);
    private static final long MOMENT = Duration.ofMillis(200).toNanos();

    private final RepeatedWarning unreadable = new RepeatedWarning(LOG);
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

    /** Returns the value; while the file cannot be read, the last known one. Other uses of the disk report the failure themselves. */
    synchronized Optional<T> get() {
        if (System.nanoTime() - looked > MOMENT) {
            try {
                lookAgain();
                unreadable.over();
            } catch (IOException e) {
                unreadable.warn("file " + file + " of a run cannot be read just now: " + e, null);
                looked = System.nanoTime();
            }
        }
        return value;
    }

    synchronized void lookAgain() throws IOException {
        value = state.read(file, type);
        looked = System.nanoTime();
    }

    /** Writes the value; on disk when this returns. */
    synchronized void set(T next) throws IOException {
        state.write(file, next);
        value = Optional.of(next);
        looked = System.nanoTime();
    }
}
