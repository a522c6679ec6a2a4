package dev.apprentice.trainer.training;

import dev.apprentice.contracts.ModelSource;
import dev.apprentice.contracts.Run;
import dev.apprentice.contracts.Training;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.model.training.AdamWSettings;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.FineTuningSettings;
import dev.apprentice.trainer.checkpoint.CheckpointStore;
import dev.apprentice.trainer.checkpoint.ModelContents;
import dev.apprentice.trainer.checkpoint.SavedCheckpoint;
import dev.apprentice.trainer.checkpoint.TrainingState;
import dev.apprentice.trainer.run.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Trains one run to its end, from its newest checkpoint if it has one, or else from the base model. */
final class RunTraining {

    private static final Logger LOG = Logger.getLogger(RunTraining.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final Run run;
    private final CheckpointStore store;
    private final Supplier<Curriculum> curricula;
    private final RunEvents events;
    private final ProgressReport report;
    private final TrainingMetrics metrics;
    private final IntPredicate announced;
    private final int sampleTokens;
    private final Duration retryEvery;
    private final StopSignal stop;

    /**
     * @param curricula opens the run's batches
     * @param announced whether others already know of this step's checkpoint
     * @param sampleTokens tokens that the sample answer after an epoch may have
     * @param retryEvery how long to wait before asking a disk again that did not take a checkpoint
     */
    RunTraining(
            Run run,
            CheckpointStore store,
            Supplier<Curriculum> curricula,
            RunEvents events,
            ProgressReport report,
            TrainingMetrics metrics,
            IntPredicate announced,
            int sampleTokens,
            Duration retryEvery,
            StopSignal stop) {
        this.run = run;
        this.store = store;
        this.curricula = curricula;
        this.events = events;
        this.report = report;
        this.metrics = metrics;
        this.announced = announced;
        this.sampleTokens = sampleTokens;
        this.retryEvery = retryEvery;
        this.stop = stop;
    }

    /**
     * Returns when the last checkpoint is written and announced.
     *
     * @throws TrainingFailedException if the batches or the loss make going on impossible
     * @throws dev.apprentice.model.ModelException if the base model cannot be used
     * @throws dev.apprentice.trainer.run.RunStoppedException if it is stopped
     * @throws IOException if the disk with the checkpoints cannot be read
     */
    void train() throws IOException {
        stop.check();
        store.cleanUp();
        Optional<SavedCheckpoint> newest = store.newest();
        newest.ifPresent(this::takeUpAgain);
        if (newest.map(checkpoint -> checkpoint.state().last()).orElse(false)) {
            return; // only its end had not been told
        }
        try (Curriculum curriculum = curricula.get()) {
            awaitBatches(curriculum);
            Training training = run.specification().training();
            EvaluationSet evaluationSet = curriculum.readEvaluationSet(training.evaluationBatches());
            report.expect(training.epochs() * evaluationSet.batchesPerEpoch());
            ModelFolder base = BaseModel.open(run.specification().model(), stop);
            try (LanguageModel model = load(base, newest);
                    Tokenizer tokenizer = base.tokenizer();
                    FineTuning fineTuning = new FineTuning(model, FineTuningSettings.DEFAULTS.withOptimizer(optimizer(training)))) {
                newest.ifPresent(checkpoint -> fineTuning.loadState(checkpoint.optimizerState()));
                TrainingLoop loop = new TrainingLoop(
                        training,
                        model,
                        fineTuning,
                        curriculum,
                        evaluationSet,
                        new Sampling(model, tokenizer, sampleTokens),
                        new CheckpointAnnouncer(
                                run,
                                store,
                                new ModelContents(run, base.path(), model, fineTuning),
                                events,
                                report,
                                metrics,
                                retryEvery,
                                stop),
                        events,
                        report,
                        metrics,
                        stop);
                loop.continueFrom(newest.isPresent()
                        ? newest.get().state()
                        : loop.begin(TrainingState.start(training.seed())));
            }
        }
    }

    /** Whether the crash came before or after the announcement cannot be seen on disk. */
    private void takeUpAgain(SavedCheckpoint newest) {
        LOG.infof("going on from the checkpoint of step %d", newest.state().step());
        events.report(report.takenUpAgain(newest.state()));
        if (!announced.test(newest.state().step())) {
            CheckpointAnnouncer.announce(newest, run, events, report);
        }
    }

    private void awaitBatches(Curriculum curriculum) {
        if (curriculum.isPublished()) {
            return;
        }
        events.report(report.waitingForBatches());
        events.flush();
        while (!curriculum.isPublished()) {
            stop.pause(LOOK_EVERY);
        }
    }

    private LanguageModel load(ModelFolder base, Optional<SavedCheckpoint> newest) {
        if (newest.isPresent()) {
            return LanguageModel.load(ModelFolder.open(newest.get().folder()));
        }
        return run.specification().model().start() == ModelSource.Start.RANDOM
                ? LanguageModel.initialise(base, run.specification().training().seed())
                : LanguageModel.load(base);
    }

    private static AdamWSettings optimizer(Training training) {
        return new AdamWSettings(
                training.weightDecay(),
                training.beta1(),
                training.beta2(),
                training.epsilon(),
                training.maxGradientNorm());
    }
}
