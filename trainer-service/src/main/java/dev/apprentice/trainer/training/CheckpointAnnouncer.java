package dev.apprentice.trainer.training;

import dev.apprentice.model.ModelException;
import dev.apprentice.trainer.checkpoint.CheckpointStore;
import dev.apprentice.trainer.checkpoint.CheckpointSweep;
import dev.apprentice.trainer.checkpoint.ModelContents;
import dev.apprentice.trainer.checkpoint.SavedCheckpoint;
import dev.apprentice.trainer.checkpoint.TrainingState;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Writes checkpoints, announces them, and removes those that need not be kept. A disk that does not take one is asked again
 * until it does: training waits rather than going on with nothing to fall back on.
 */
final class CheckpointAnnouncer {

    private static final Logger LOG = Logger.getLogger(CheckpointAnnouncer.class);

    private final Assignment assignment;
    private final CheckpointStore store;
    private final ModelContents contents;
    private final CheckpointSweep sweep;
    private final Duration retryEvery;

    /** @param retryEvery how long to wait before asking a disk again */
    CheckpointAnnouncer(
            Assignment assignment,
            CheckpointStore store,
            ModelContents contents,
            CheckpointSweep sweep,
            Duration retryEvery) {
        this.assignment = assignment;
        this.store = store;
        this.contents = contents;
        this.sweep = sweep;
        this.retryEvery = retryEvery;
    }

    void save(TrainingState state) {
        assignment.events().flush();
        long began = System.nanoTime();
        SavedCheckpoint saved = write(state);
        announce(saved, assignment);
        assignment.metrics().checkpointed(Duration.ofNanos(System.nanoTime() - began));
        sweep.sweep();
    }

    /** Removes what was kept for an exam alone that has ended since. To be called again and again. */
    void sweepIfReportsCame() {
        sweep.sweepIfReportsCame();
    }

    /** Writes one that serves only to resume the run. False if the disk does not take it. */
    boolean layDown(TrainingState state) {
        try {
            SavedCheckpoint saved = store.layDown(state, assignment.unpublished().traces(), contents.at(state));
            LOG.infof("paused at step %d in %s", state.step(), saved.folder());
            return true;
        } catch (IOException | ModelException e) {
            LOG.warnf(e, "the run keeps its turn, because what it has learned cannot be written: %s", e.getMessage());
            return false;
        }
    }

    static void announce(SavedCheckpoint saved, Assignment assignment) {
        String promptStyle = assignment.run().specification().data().promptStyle();
        assignment.unpublished().publishing(() -> assignment.events().announce(
                saved.announcement(assignment.run().run(), promptStyle),
                assignment.report().checkpointed(saved)));
        LOG.infof("checkpoint of step %d is in %s", saved.state().step(), saved.folder());
    }

    private SavedCheckpoint write(TrainingState state) {
        while (true) {
            try {
                return store.save(state, assignment.unpublished().traces(), contents.at(state));
            } catch (IOException | ModelException e) {
                String trouble = "the checkpoint of step " + state.step() + " cannot be written and will be tried again: "
                        + e.getMessage();
                LOG.warn(trouble, e);
                assignment.events().report(assignment.report().checkpointing(trouble));
                assignment.events().flush();
                assignment.stop().pause(retryEvery);
            }
        }
    }
}
