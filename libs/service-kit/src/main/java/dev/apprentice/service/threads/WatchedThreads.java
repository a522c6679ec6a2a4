package dev.apprentice.service.threads;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The threads of a service, which are watched for its liveness. */
@ApplicationScoped
public class WatchedThreads {

    private final List<WatchedThread> threads = new CopyOnWriteArrayList<>();

    /** Starts a thread and watches it from now on. */
    public void start(WatchedThread thread) {
        threads.add(thread);
        thread.start();
    }

    /** Returns what is wrong with one of the threads; empty if nothing is. */
    public Optional<String> trouble() {
        return threads.stream().map(WatchedThread::trouble).flatMap(Optional::stream).findFirst();
    }
}
