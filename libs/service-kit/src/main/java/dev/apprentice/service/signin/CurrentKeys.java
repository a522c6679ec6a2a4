package dev.apprentice.service.signin;

import dev.apprentice.service.log.RepeatedWarning;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.service.threads.WatchedThreads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The API keys that hold now. Their file is read again every so often, so that a key is added, replaced or removed without a
 * restart.
 *
 * <p>A file that cannot be used changes nothing, as it may be half-written: the keys of before hold, and {@link #trouble()} says so.
 */
@ApplicationScoped
class CurrentKeys {

    private static final Logger LOG = Logger.getLogger(CurrentKeys.class);

    private final SignInSettings settings;
    private final WatchedThreads threads;
    private final WatchedThread thread;
    private final RepeatedWarning warning = new RepeatedWarning(LOG);
    private volatile ApiKeys keys;
    private volatile boolean unusable;

    /** @throws IllegalArgumentException when a file or an entry cannot be used; names its place, never a key */
    CurrentKeys(SignInSettings settings, WatchedThreads threads) {
        this.settings = settings;
        this.threads = threads;
        this.keys = ApiKeys.of(settings);
        this.thread = new WatchedThread("api-keys", this::lookNowAndThen, settings.rereadEvery());
    }

    void start(@Observes StartupEvent event) {
        if (settings.keysFile().isPresent()) {
            threads.start(thread);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.stop();
    }

    ApiKeys keys() {
        return keys;
    }

    /** Why the keys of before hold although their file is another by now; empty where it is used. */
    Optional<String> trouble() {
        return unusable ? Optional.of("the file of API keys cannot be used; those of before hold, and the log says why") : Optional.empty();
    }

    private void lookNowAndThen(WatchedThread self) throws InterruptedException {
        while (!self.pause(settings.rereadEvery())) {
            look();
        }
    }

    /** Looks once. */
    void look() {
        try {
            ApiKeys now = ApiKeys.now(settings);
            if (!now.areAs(keys)) {
                keys = now;
                LOG.infof("the file of API keys has changed; %d hold from now on", now.size());
            }
            unusable = false;
            warning.over();
        } catch (IllegalArgumentException e) {
            unusable = true;
            warning.warn(e.getMessage() + "; the API keys of before hold", null);
        }
    }
}
