package dev.apprentice.trainer.run;

import dev.apprentice.model.ranks.Ranks;
import dev.apprentice.trainer.ranks.JobRanks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The threads of the trainer's own. */
@ApplicationScoped
public class WatchedThreads {

    private final List<WatchedThread> threads = new CopyOnWriteArrayList<>();

    private final JobRanks ranks;

    /** Of a trainer by itself. */
    WatchedThreads() {
        this(new JobRanks(Ranks.ALONE));
    }

    @Inject
    WatchedThreads(JobRanks ranks) {
        this.ranks = ranks;
    }

    /** Starts a thread, and watches it from now on. Not on a rank that follows: rank 0 has the runs. */
    public void start(WatchedThread thread) {
        if (ranks.isFollower()) {
            return;
        }
        threads.add(thread);
        thread.start();
    }

    /** What is wrong with one of them; empty while all are well. */
    Optional<String> trouble() {
        return threads.stream().map(WatchedThread::trouble).flatMap(Optional::stream).findFirst();
    }
}
