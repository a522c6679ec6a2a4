package dev.apprentice.trainer.training;

import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.MatmulRate;
import dev.apprentice.service.storage.StorageException;
import dev.apprentice.trainer.batches.BatchFeed;
import dev.apprentice.trainer.batches.EvaluationSet;
import dev.apprentice.trainer.checkpoint.CheckpointCleanup;
import dev.apprentice.trainer.checkpoint.CheckpointStore;
import dev.apprentice.trainer.checkpoint.ModelContents;
import dev.apprentice.trainer.checkpoint.RunKnowledge;
import dev.apprentice.trainer.checkpoint.SavedCheckpoint;
import dev.apprentice.trainer.checkpoint.TrainingState;
import dev.apprentice.trainer.progress.TrainingMetrics;
import dev.apprentice.trainer.run.Attempt;
import dev.apprentice.trainer.run.RunStoppedException;
import dev.apprentice.trainer.run.RunStoppedException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Trains one run to its end, from its newest checkpoint if it has one, or else from the base model. */
public final class RunTraining {

    private static final Logger LOG = Logger.getLogger(RunTraining.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final RunContext context;
    private final Training training;
    private final CheckpointStore store;
    private final Supplier<BatchFeed> curricula;
    private final RunKnowledge knowledge;
    private final Practice practice;

    /** @param curricula opens the feed of the run's batches */
    public RunTraining(
            RunContext context,
            CheckpointStore store,
            Supplier<BatchFeed> curricula,
            RunKnowledge knowledge,
            Practice practice) {
        this.context = context;
        this.training = context.training();
        this.store = store;
        this.curricula = curricula;
        this.knowledge = knowledge;
        this.practice = practice;
    }

    /**
     * Trains until the last checkpoint is written and announced.
     *
     * @throws dev.apprentice.trainer.run.TrainingFailedException if the batches or the loss make it impossible to go on
     * @throws dev.apprentice.trainer.run.FatalRunException if the run ended the service repeatedly
     * @throws dev.apprentice.model.ModelException if the base model cannot be used
     * @throws RunStoppedException if the run is stopped
     * @throws TurnOverException if another run should be worked on
     * @throws IOException if the storage of the checkpoints or of the base model cannot be read
     */
    public void train() throws IOException {
        try {
            context.stop().check();
        } catch (RunStoppedException e) {
            if (e.reason() == Reason.CANCELLED) {
                announceWhatIsHere();
            }
            throw e;
        }
        store.cleanUp();
        List<String> damaged = new ArrayList<>();
        Optional<SavedCheckpoint> newest = store.newest(damaged::add);
        if (newest.isPresent()) {
            resume(newest.get(), store.newestAnnounced(), damaged);
        } else if (!store.all().isEmpty() || !damaged.isEmpty()) {
            context.events().report(context.report().beginsAnew(damaged));
        }
        if (newest.map(SavedCheckpoint::state).map(this::isOver).orElse(false)) {
            return; // only its end was not published yet
        }
        try (BatchFeed curriculum = curricula.get()) {
            awaitBatches(curriculum);
            EvaluationSet evaluationSet = curriculum.readEvaluationSet(
                    training.evaluationBatches(), context.isStream(), () -> giveWayIfAtEnd(curriculum));
            train(newest, curriculum, evaluationSet);
        }
    }

    private void train(Optional<SavedCheckpoint> newest, BatchFeed curriculum, EvaluationSet evaluationSet)
            throws IOException {
        ModelSource source = context.run().specification().model();
        ModelFolder base = BaseModel.open(source, context.stop(), practice.ranks()::showLife);
        Optional<String> version =
                BaseModel.version(base, source.location(), newest.flatMap(checkpoint -> checkpoint.state().base()));
        try (TrainingMetrics.Watched watched = context.metrics().begin();
                Followers followers = new Followers(practice.ranks(), context.run(), newest);
                Attempt attempt = Attempt.begin(context.folder(), "training");
                LanguageModel model = Tuning.load(context.run(), base, newest, practice.device());
                Tokenizer tokenizer = base.tokenizer();
                FineTuning fineTuning = new FineTuning(model, Tuning.settings(training), practice.ranks().all());
                CheckpointAnnouncer checkpoints = new CheckpointAnnouncer(
                        context,
                        store,
                        new ModelContents(context.run(), base, model, fineTuning)::at,
                        new CheckpointCleanup(store, training.keepCheckpoints(), knowledge),
                        practice)) {
            newest.ifPresent(checkpoint -> fineTuning.loadState(checkpoint.optimizerState()));
            TrainingState state = newest.map(SavedCheckpoint::state)
                    .map(TrainingState::goingOn)
                    .orElseGet(() -> TrainingState.start(training.seed()))
                    .of(version);
            MatmulRate matmulRate = MatmulRate.of(practice.device(), Tuning.settings(training).precision());
            TrainingLoop loop = new TrainingLoop(
                    context,
                    curriculum,
                    evaluationSet,
                    new TrainingStep(context, fineTuning, followers, learningRate(evaluationSet), matmulRate, attempt),
                    new Evaluation(context, fineTuning, evaluationSet, followers),
                    new EpochSample(model, tokenizer, practice.sampleTokens()),
                    checkpoints,
                    attempt,
                    state);
            followers.awaitReady();
            fineTuning.requireAlike();
            if (newest.isEmpty()) {
                loop.begin();
            }
            loop.learnToTheEnd();
        }
    }

    /** Tells whether this is the run's last state. A cancelled stream also has a last checkpoint, but goes on when it is resumed. */
    private boolean isOver(TrainingState state) {
        return state.last() && (!context.isStream() || training.maxSteps().equals(Optional.of(state.step())));
    }

    /** Returns the learning rate. A stream's is constant after the warm-up, because it has no last step for a schedule to end at. */
    private LearningRate learningRate(EvaluationSet evaluationSet) {
        if (context.isStream()) {
            training.maxSteps().ifPresent(context.report()::expect);
            return new LearningRate(training, Integer.MAX_VALUE);
        }
        int batches = evaluationSet.batchesPerEpoch();
        int accumulated = training.gradientAccumulation();
        long all = (long) training.epochs() * ((batches + accumulated - 1) / accumulated);
        int steps = Math.toIntExact(Math.min(all, training.maxSteps().orElse(Integer.MAX_VALUE)));
        context.report().expect(steps);
        return new LearningRate(training, steps);
    }

    /**
     * Prepares to resume from this checkpoint. The disk does not show whether a crash came before or after its announcement. The
     * log decides whether it is announced again.
     */
    private void resume(SavedCheckpoint newest, int newestAnnounced, List<String> damaged) throws IOException {
        LOG.infof("going on from the checkpoint of step %d", newest.state().step());
        context.schedule().goOnFrom(newestAnnounced);
        context.events().report(context.report().resumed(newest.state(), damaged));
        if (newest.unannounced()) {
            context.unpublished().remember(newest);
            return;
        }
        context.unpublished().forget();
        if (!knowledge.isAnnounced(newest.state().step())) {
            store.share(newest);
            context.unpublished().remember(newest);
            CheckpointAnnouncer.announce(newest, context);
        }
    }

    /**
     * Announces the newest checkpoint of a run that was cancelled between two turns or while its storage was unavailable.
     *
     * @throws StorageException if the storage is unavailable; the run's end waits for it
     */
    private void announceWhatIsHere() throws StorageException {
        try {
            Optional<SavedCheckpoint> newest = store.newestHere(LOG::warn)
                    .filter(saved -> saved.unannounced() || !knowledge.isAnnounced(saved.state().step()));
            if (newest.isPresent()) {
                context.report().resumed(newest.get().state(), List.of());
                context.unpublished().remember(newest.get());
                store.announced(newest.get());
                store.share(newest.get());
                CheckpointAnnouncer.announce(newest.get(), context);
            }
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            LOG.warnf(e, "the newest checkpoint cannot be read, so the run ends with the one before: %s", e.getMessage());
        }
    }

    private void awaitBatches(BatchFeed curriculum) {
        if (curriculum.isPublished()) {
            return;
        }
        context.events().report(context.report().waitingForBatches());
        context.events().flush();
        while (!curriculum.isPublished()) {
            reportLongWait(curriculum);
            giveWayIfTurnIsOver(0);
            context.stop().pause(LOOK_EVERY);
        }
    }

    private void reportLongWait(BatchFeed curriculum) {
        practice.ranks().showLife();
        if (curriculum.isWaitToBeReported()) {
            context.events().report(context.report().stillWaitingForBatches());
            context.events().flush();
        }
    }

    private void giveWayIfAtEnd(BatchFeed curriculum) {
        reportLongWait(curriculum);
        if (curriculum.isAtEnd()) {
            giveWayIfTurnIsOver(curriculum.position());
        }
    }

    private void giveWayIfTurnIsOver(long position) {
        if (context.turn().isOver(true)) {
            throw new TurnOverException(position);
        }
    }
}
