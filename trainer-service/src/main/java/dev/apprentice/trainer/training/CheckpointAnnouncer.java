package dev.apprentice.trainer.training;

import dev.apprentice.contracts.Run;
import dev.apprentice.model.ModelException;
import dev.apprentice.trainer.checkpoint.CheckpointStore;
import dev.apprentice.trainer.checkpoint.ModelContents;
import dev.apprentice.trainer.checkpoint.SavedCheckpoint;
import dev.apprentice.trainer.checkpoint.TrainingState;
import dev.apprentice.trainer.run.StopSignal;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Writes checkpoints, then announces them. A disk that does not take one is asked again until it does: training waits
 * rather than going on with nothing to fall back on.
 */
final class CheckpointAnnouncer {

    private static final Logger LOG = Logger.getLogger(CheckpointAnnouncer.class);

    private final Run run;
    private final CheckpointStore store;
    private final ModelContents contents;
    private final RunEvents events;
    private final ProgressReport report;
    private final TrainingMetrics metrics;
    private final Duration retryEvery;
    private final StopSignal stop;

    CheckpointAnnouncer(
            Run run,
            CheckpointStore store,
            ModelContents contents,
            RunEvents events,
            ProgressReport report,
            TrainingMetrics metrics,
            Duration retryEvery,
            StopSignal stop) {
        this.run = run;
        this.store = store;
        this.contents = contents;
        this.events = events;
        this.report = report;
        this.metrics = metrics;
        this.retryEvery = retryEvery;
        this.stop = stop;
    }

    void save(TrainingState state) {
        events.flush();
        long began = System.nanoTime();
        SavedCheckpoint saved = write(state);
        announce(saved, run, events, report);
        metrics.checkpointed(Duration.ofNanos(System.nanoTime() - began));
    }

    static void announce(SavedCheckpoint saved, Run run, RunEvents events, ProgressReport report) {
        events.announce(
                saved.announcement(run.run(), run.specification().data().promptStyle()),
                report.checkpointing("checkpoint of step " + saved.state().step() + " is in " + saved.folder()));
        LOG.infof("checkpoint of step %d is in %s", saved.state().step(), saved.folder());
    }

    private SavedCheckpoint write(TrainingState state) {
        while (true) {
            try {
                return store.save(state, contents.at(state));
            } catch (IOException | ModelException e) {
                String trouble = "the checkpoint of step " + state.step() + " cannot be written and will be tried again: "
                        + e.getMessage();
                LOG.warn(trouble, e);
                events.report(report.checkpointing(trouble));
                events.flush();
                stop.pause(retryEvery);
            }
        }
    }
}
