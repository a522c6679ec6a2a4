package dev.apprentice.trainer.checkpoint;

import dev.apprentice.contracts.run.Training.KeepCheckpoints;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Removes a run's checkpoints that need not be kept: when there is a newer one, and when a report has come, for the exam that
 * it ends may have been all that a checkpoint was kept for. For the thread that works on the run.
 */
public final class CheckpointCleanup {

    private static final Logger LOG = Logger.getLogger(CheckpointCleanup.class);

    private final CheckpointStore store;
    private final Optional<KeepCheckpoints> keep;
    private final RunKnowledge knowledge;
    private Set<Integer> reported = Set.of();

    /** @param keep what the run asks for; empty for everything */
    public CheckpointCleanup(CheckpointStore store, Optional<KeepCheckpoints> keep, RunKnowledge knowledge) {
        this.store = store;
        this.keep = keep;
        this.knowledge = knowledge;
    }

    /** To be called again and again while nothing else is to do. */
    public void cleanUpIfReportsCame() {
        if (keep.isPresent() && !knowledge.reported().equals(reported)) {
            cleanUp();
        }
    }

    /** Removes what need not be kept now. */
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
