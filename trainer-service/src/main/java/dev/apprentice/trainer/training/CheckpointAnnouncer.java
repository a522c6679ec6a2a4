package dev.apprentice.trainer.training;

import dev.apprentice.model.ModelException;
import dev.apprentice.service.log.RepeatedWarning;
import dev.apprentice.service.log.RunLog;
import dev.apprentice.trainer.checkpoint.CheckpointCleanup;
import dev.apprentice.trainer.checkpoint.CheckpointContents;
import dev.apprentice.trainer.checkpoint.CheckpointStore;
import dev.apprentice.trainer.checkpoint.SavedCheckpoint;
import dev.apprentice.trainer.checkpoint.TrainingState;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Writes checkpoints, announces them, and removes those that need not be kept. At most one is being written, by the training
 * thread or by one of its own. If the disk does not take it, writing is retried until it does. Training waits for that when it
 * next looks, rather than going on without a checkpoint to fall back on.
 */
final class CheckpointAnnouncer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CheckpointAnnouncer.class);

    private final RunContext context;
    private final CheckpointStore store;
    private final Function<TrainingState, CheckpointContents> contents;
    private final CheckpointCleanup cleanup;
    private final Practice practice;
    private Optional<WrittenCheckpoint> underWay = Optional.empty();
    private boolean anyIsUnannounced;

    /** @param contents returns the contents of a checkpoint for a state */
    CheckpointAnnouncer(
            RunContext context,
            CheckpointStore store,
            Function<TrainingState, CheckpointContents> contents,
            CheckpointCleanup cleanup,
            Practice practice) {
        this.context = context;
        this.store = store;
        this.contents = contents;
        this.cleanup = cleanup;
        this.practice = practice;
    }

    /** Begins to write a checkpoint of this state, after the previous one is announced. Announces it if it is written at once. */
    void save(TrainingState state) {
        settle();
        begin(state);
        announceIfWritten();
    }

    private void begin(TrainingState state) {
        context.events().flush();
        CheckpointContents now = contents.apply(state);
        boolean copies = practice.writing().copies(now.bytes());
        underWay = Optional.of(new WrittenCheckpoint(
                store,
                state,
                context.unpublished().traces(),
                context.unpublished().mark(),
                copies ? now.held() : now,
                copies ? this::beside : Runnable::run,
                store.isRemote() ? this::beside : Runnable::run));
    }

    /**
     * Writes and announces the last checkpoint of a cancelled run. Nothing is retried.
     *
     * @param news whether something was learned since the last checkpoint
     * @throws IOException if the checkpoint is on disk, but the object store is unavailable; the run's end has to wait for that
     */
    void saveAsCancelled(TrainingState state, boolean news) throws IOException {
        try {
            announceUnderWay();
        } catch (IOException | ModelException e) {
            LOG.warnf(e, "a checkpoint is not announced: %s", e.getMessage()); // the next one takes its place
        }
        if (news || anyIsUnannounced) {
            begin(state);
            try {
                announceUnderWay();
            } catch (ModelException e) {
                LOG.warnf(e, "the last checkpoint cannot be written, so the run ends with the one before: %s", e.getMessage());
            }
        }
    }

    private void announceUnderWay() throws IOException {
        if (underWay.isPresent()) {
            try (WrittenCheckpoint checkpoint = underWay.get()) {
                anyIsUnannounced = true;
                announced(checkpoint.await(), checkpoint);
            } finally {
                underWay = Optional.empty();
            }
            cleanup.cleanUp();
        }
    }

    private void announced(SavedCheckpoint saved, WrittenCheckpoint checkpoint) {
        announce(saved, context, checkpoint.mark());
        anyIsUnannounced = false;
        context.metrics().checkpointed(Duration.ofNanos(System.nanoTime() - checkpoint.began()));
    }

    private void beside(Runnable writing) {
        String run = context.run().run();
        Thread thread = new Thread(
                () -> {
                    try (RunLog log = RunLog.of(run)) {
                        writing.run();
                    }
                },
                "checkpoint");
        thread.setDaemon(true);
        thread.start();
    }

    /** Announces the current checkpoint if it is written. Called repeatedly. */
    void announceIfWritten() {
        if (underWay.filter(WrittenCheckpoint::isOver).isPresent()) {
            settle();
        }
    }

    /** Waits until the current checkpoint, if any, is announced. */
    void settle() {
        if (underWay.isPresent()) {
            try (WrittenCheckpoint checkpoint = underWay.get()) {
                anyIsUnannounced = true;
                announced(written(checkpoint), checkpoint);
            } finally {
                underWay = Optional.empty();
            }
            cleanup.cleanUp();
        }
    }

    private SavedCheckpoint written(WrittenCheckpoint checkpoint) {
        RepeatedWarning waits = new RepeatedWarning(LOG);
        while (true) {
            try {
                return checkpoint.await();
            } catch (IOException | ModelException e) {
                String trouble = "the checkpoint of step " + checkpoint.step() + " cannot be written and will be tried again: "
                        + e.getMessage();
                waits.warn(trouble, e);
                context.events().report(context.report().checkpointing(trouble));
                context.events().flush();
                practice.ranks().showLife();
                context.stop().pause(practice.retryEvery());
                checkpoint.write();
            }
        }
    }

    /** Announces the current checkpoint after training has failed, if the disk takes it, because it is the run's last. */
    void announceBefore(Throwable failure) {
        if (underWay.isPresent()) {
            try (WrittenCheckpoint checkpoint = underWay.get()) {
                announce(checkpoint.await(), context, checkpoint.mark());
            } catch (IOException | RuntimeException | Error e) { // such as an out-of-memory error, if training failed with one
                LOG.warnf(e, "the last checkpoint is not announced: %s", e.getMessage());
                failure.addSuppressed(e);
            } finally {
                underWay = Optional.empty();
            }
        }
    }

    /** Removes checkpoints that were kept only for an exam that has ended since. Called repeatedly. */
    void cleanUpIfReportsCame() {
        if (underWay.isEmpty()) {
            cleanup.cleanUpIfReportsCame();
        }
    }

    /** Writes a checkpoint that serves only to resume the run, in the calling thread. Returns false if the disk does not take it. */
    boolean pause(TrainingState state) {
        settle();
        try (CheckpointContents now = contents.apply(state)) {
            SavedCheckpoint saved = store.pause(state, context.unpublished().traces(), now);
            LOG.infof("paused at step %d in %s", state.step(), saved.folder());
            return true;
        } catch (IOException | ModelException e) {
            LOG.warnf(e, "the run keeps its turn, because what it has learned cannot be written: %s", e.getMessage());
            return false;
        }
    }

    /** Announces a checkpoint that holds everything that was learned. */
    static void announce(SavedCheckpoint saved, RunContext context) {
        announce(saved, context, context.unpublished().mark());
    }

    private static void announce(SavedCheckpoint saved, RunContext context, Unpublished.Mark learned) {
        String promptStyle = context.run().specification().data().promptStyle();
        context.unpublished().publishing(learned, () -> {
            try (RunLog log = RunLog.of(context.run().run(), saved.state().step())) {
                context.events().announce(
                        saved.announcement(context.run().run(), promptStyle), context.report().checkpointed(saved));
                LOG.infof("checkpoint of step %d is in %s", saved.state().step(), saved.place());
            }
        });
    }

    /** Waits until the current checkpoint is written. It is announced when the run is resumed. */
    @Override
    public void close() {
        underWay.ifPresent(WrittenCheckpoint::close);
        underWay = Optional.empty();
    }
}
