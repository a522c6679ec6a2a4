package dev.apprentice.trainer.training;

import dev.apprentice.model.ModelException;
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
 * Writes checkpoints, announces them, and removes those that need not be kept. One at a time is written, either by the thread
 * that trains or by one beside it. A disk that does not take one is asked again until it does: training waits for that when it
 * next looks, rather than going on with nothing to fall back on.
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

    /** @param contents what to write of this moment */
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

    /** Has this moment written, once the checkpoint before is announced. Announces it if that is done at once. */
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
     * Has the last moment of a run that is cancelled written, and announced. Nothing is tried again.
     *
     * @param news whether nothing of this moment was saved before
     * @throws IOException if it is on the disk, but its storage is away: the run's end is to wait for that
     */
    void saveAsCancelled(TrainingState state, boolean news) throws IOException {
        try {
            announceUnderWay();
        } catch (IOException | ModelException e) {
            LOG.warnf(e, "a checkpoint is not announced: %s", e.getMessage()); // this moment's takes its place
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

    /** Announces the checkpoint that is under way, if it is written. To be called again and again. */
    void announceIfWritten() {
        if (underWay.filter(WrittenCheckpoint::isOver).isPresent()) {
            settle();
        }
    }

    /** Waits until the checkpoint that is under way, if there is one, is announced. */
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
        while (true) {
            try {
                return checkpoint.await();
            } catch (IOException | ModelException e) {
                String trouble = "the checkpoint of step " + checkpoint.step() + " cannot be written and will be tried again: "
                        + e.getMessage();
                LOG.warn(trouble, e);
                context.events().report(context.report().checkpointing(trouble));
                context.events().flush();
                practice.ranks().showLife();
                context.stop().pause(practice.retryEvery());
                checkpoint.write();
            }
        }
    }

    /** Training has failed: what is under way is announced if the disk takes it, for it is the last that there will be. */
    void announceBefore(Throwable failure) {
        if (underWay.isPresent()) {
            try (WrittenCheckpoint checkpoint = underWay.get()) {
                announce(checkpoint.await(), context, checkpoint.mark());
            } catch (IOException | RuntimeException | Error e) { // such as more of the memory that training lacked
                LOG.warnf(e, "the last checkpoint is not announced: %s", e.getMessage());
                failure.addSuppressed(e);
            } finally {
                underWay = Optional.empty();
            }
        }
    }

    /** Removes what was kept for an exam alone that has ended since. To be called again and again. */
    void cleanUpIfReportsCame() {
        if (underWay.isEmpty()) {
            cleanup.cleanUpIfReportsCame();
        }
    }

    /** Writes one that serves only to resume the run, by this thread. False if the disk does not take it. */
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

    /** Announces one that holds all that was learned. */
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

    /** Waits for what is under way. It is announced when the run is resumed. */
    @Override
    public void close() {
        underWay.ifPresent(WrittenCheckpoint::close);
        underWay = Optional.empty();
    }
}
