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
 * The currently valid API keys. Their file is read again regularly, so a key can be added, replaced or removed without a restart.
 *
 * <p>An unusable file may be half-written, so it changes nothing: the previous keys stay valid, and {@link #trouble()} says so.
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

    /**
     * Reads the keys.
     *
     * @throws IllegalArgumentException if a file or an entry cannot be used; names its place, never a key
     */
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

    /** Returns a message while the previous keys stay valid because the file is unusable; empty otherwise. */
    Optional<String> trouble() {
        return unusable
                ? Optional.of("the file of API keys cannot be used; the previous keys stay valid; the log has the reason")
                : Optional.empty();
    }

    private void lookNowAndThen(WatchedThread self) throws InterruptedException {
        while (!self.pause(settings.rereadEvery())) {
            look();
        }
    }

    /** Reads the file once. */
    void look() {
        try {
            ApiKeys now = ApiKeys.now(settings);
            if (!now.areAs(keys)) {
                keys = now;
                LOG.infof("the file of API keys has changed; %d keys are valid now", now.size());
            }
            unusable = false;
            warning.over();
        } catch (IllegalArgumentException e) {
            unusable = true;
            warning.warn(e.getMessage() + "; the API keys of before hold", null);
        }
    }
}
