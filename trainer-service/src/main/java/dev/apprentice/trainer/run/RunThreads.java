package dev.apprentice.trainer.run;

import dev.apprentice.model.ranks.Ranks;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.service.threads.WatchedThreads;
import dev.apprentice.trainer.ranks.JobRanks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Starts the threads that work with runs. A follower has none of them, because only rank 0 has runs. */
@ApplicationScoped
public class RunThreads {

    private final WatchedThreads threads;
    private final JobRanks ranks;

    /** For a trainer with a single rank. */
    RunThreads() {
        this(new WatchedThreads(), new JobRanks(Ranks.ALONE));
    }

    @Inject
    RunThreads(WatchedThreads threads, JobRanks ranks) {
        this.threads = threads;
        this.ranks = ranks;
    }

    /** Starts a thread and its liveness check, except on a follower. */
    public void start(WatchedThread thread) {
        if (!ranks.isFollower()) {
            threads.start(thread);
        }
    }
}
