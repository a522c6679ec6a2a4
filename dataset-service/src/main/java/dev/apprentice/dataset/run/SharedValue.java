package dev.apprentice.dataset.run;

import dev.apprentice.dataset.persistence.StateFolder;
import dev.apprentice.service.log.RepeatedWarning;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a small file says that another instance may write, too: looked at again when the last look is a moment old. */
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

    /** While the disk does not tell, what it told last: each use of the disk says itself what is wrong with it. */
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

    /** Writes the file; on disk when this returns. */
    synchronized void set(T next) throws IOException {
        state.write(file, next);
        value = Optional.of(next);
        looked = System.nanoTime();
    }
}
