package dev.apprentice.trainer.checkpoint;

import dev.apprentice.contracts.run.Training.KeepCheckpoints;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Removes a run's checkpoints that need not be kept. That may change when there is a newer checkpoint. It may also change when a
 * report is complete, because the checkpoint may have been kept only for that exam. For the thread that works on the run.
 */
public final class CheckpointCleanup {

    private static final Logger LOG = Logger.getLogger(CheckpointCleanup.class);

    private final CheckpointStore store;
    private final Optional<KeepCheckpoints> keep;
    private final RunKnowledge knowledge;
    private Set<Integer> reported = Set.of();

    /** @param keep which checkpoints the run asks to keep; empty for all */
    public CheckpointCleanup(CheckpointStore store, Optional<KeepCheckpoints> keep, RunKnowledge knowledge) {
        this.store = store;
        this.keep = keep;
        this.knowledge = knowledge;
    }

    /** Removes what need not be kept if reports have come since the last cleanup. Meant to be called repeatedly while idle. */
    public void cleanUpIfReportsCame() {
        if (keep.isPresent() && !knowledge.reported().equals(reported)) {
            cleanUp();
        }
    }

    /** Removes the checkpoints that need not be kept now. */
    public void cleanUp() {
        keep.ifPresent(this::cleanUp);
    }

    private void cleanUp(KeepCheckpoints keep) {
        reported = knowledge.reported();
        try {
            for (SavedCheckpoint old : Retention.expendable(store.all(), keep, knowledge::isReferredTo)) {
                store.delete(old);
                LOG.infof("the checkpoint of step %d is removed, as the run asks for", old.state().step());
            }
        } catch (IOException e) {
            LOG.warnf(e, "checkpoints that need not be kept cannot be removed just now: %s", e.getMessage());
        }
    }
}
