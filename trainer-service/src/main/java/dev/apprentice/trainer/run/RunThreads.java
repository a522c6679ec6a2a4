package dev.apprentice.trainer.run;

import dev.apprentice.model.ranks.Ranks;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.service.threads.WatchedThreads;
import dev.apprentice.trainer.ranks.JobRanks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The threads that have to do with runs. A rank that follows has none of them: rank 0 has the runs. */
@ApplicationScoped
public class RunThreads {

    private final WatchedThreads threads;
    private final JobRanks ranks;

    /** Of a trainer by itself. */
    RunThreads() {
        this(new WatchedThreads(), new JobRanks(Ranks.ALONE));
    }

    @Inject
    RunThreads(WatchedThreads threads, JobRanks ranks) {
        this.threads = threads;
        this.ranks = ranks;
    }

    /** Starts a thread, and watches it from now on. */
    public void start(WatchedThread thread) {
        if (!ranks.isFollower()) {
            threads.start(thread);
        }
    }
}
