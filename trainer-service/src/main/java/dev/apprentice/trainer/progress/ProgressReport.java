package dev.apprentice.trainer.progress;

import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Figures;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Progress.Sample;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.ProgressFiguresBuilder;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.model.training.StepMetrics;
import dev.apprentice.service.storage.StorageException;
import dev.apprentice.trainer.checkpoint.BatchPosition;
import dev.apprentice.trainer.checkpoint.SavedCheckpoint;
import dev.apprentice.trainer.checkpoint.TrainingState;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds a run's progress events. Remembers how far the run has come, so its end can be reported from anywhere in the code. */
public final class ProgressReport {

    private final Run run;
    private final InstantSource clock;
    private TrainingState state;
    private Optional<Integer> steps = Optional.empty();

    public ProgressReport(Run run, InstantSource clock) {
        this.run = run;
        this.clock = clock;
        this.state = TrainingState.start(run.specification().training().seed());
    }

    /** Sets the number of steps that the run will have. */
    public void expect(int steps) {
        this.steps = Optional.of(steps);
    }

    /** @param damaged a sentence for each newer checkpoint that was found damaged */
    public Progress resumed(TrainingState now, List<String> damaged) {
        state = now;
        return says(Phase.WAITING, because("resumed from the checkpoint of step " + now.step(), damaged));
    }

    public Progress beginsAnew(List<String> damaged) {
        return says(
                Phase.WAITING,
                because("training starts over, because no checkpoint is usable", damaged));
    }

    private static String because(String what, List<String> damaged) {
        return String.join("; ", Stream.concat(Stream.of(what), damaged.stream()).toList());
    }

    public Progress waitingForBatches() {
        return says(
                Phase.WAITING,
                "waiting for dataset-service to publish the batches of dataset '"
                        + run.specification().data().dataset() + "'");
    }

    public Progress stillWaitingForBatches() {
        return says(
                Phase.WAITING,
                "still waiting for batches; dataset-service has reported nothing for over a minute; is it running? Training goes on by"
                        + " itself once they come");
    }

    /**
     * Reports that the run waits for its storage. A StorageException or a plain IOException has a message that is a sentence.
     * Other exceptions, such as those about a file, are only clear with their class's name.
     */
    public Progress waitingForStorage(IOException why) {
        boolean isInWords = why instanceof StorageException || why.getClass().equals(IOException.class) && why.getMessage() != null;
        return says(
                Phase.WAITING, "the storage of its checkpoints cannot be used now; trainer-service will retry: "
                        + (isInWords ? why.getMessage() : why));
    }

    public Progress trained(TrainingState now, StepMetrics step, double learningRate, double matmulShare) {
        state = now;
        return in(Phase.TRAINING)
                .figures(ProgressFiguresBuilder.builder()
                        .trainLoss(step.loss())
                        .learningRate(learningRate)
                        .gradientNorm(step.gradientNorm())
                        .tokensPerSecond(step.tokensPerSecond())
                        .tokenAccuracy(step.tokenAccuracy())
                        .matmulShare(matmulShare)
                        .build())
                .build();
    }

    public Progress evaluated(TrainingState now) {
        state = now;
        Figures figures = ProgressFiguresBuilder.builder().trainLoss(now.trainLoss()).validationLoss(now.validationLoss()).build();
        return in(Phase.EVALUATING).figures(figures).build();
    }

    public Progress sampled(Sample sample) {
        return in(Phase.SAMPLING).sample(sample).build();
    }

    public Progress checkpointing(String what) {
        return says(Phase.CHECKPOINTING, what);
    }

    /** Reports a written checkpoint, at the run's current step, which may be beyond the checkpoint's. */
    public Progress checkpointed(SavedCheckpoint checkpoint) {
        if (checkpoint.state().step() >= state.step()) {
            state = checkpoint.state();
        }
        return says(
                Phase.CHECKPOINTING, "checkpoint of step " + checkpoint.state().step() + " is in " + checkpoint.place());
    }

    public Progress completed() {
        String trained = "trained for " + state.step() + " steps";
        Training training = run.specification().training();
        boolean all = state.place().filter(BatchPosition::endsPart).isPresent() && state.epoch() == training.epochs();
        return says(Phase.COMPLETED, state.earlyStopping()
                .filter(seen -> !all && seen.checkpointsSince() >= training.patience().orElse(Integer.MAX_VALUE))
                .map(seen -> String.format(
                        Locale.ROOT,
                        "%s and stopped early: no checkpoint since step %d had a lower validation loss than its %.3f",
                        trained,
                        seen.step(),
                        seen.lowestLoss()))
                .orElse(trained));
    }

    public Progress cancelled() {
        return says(Phase.CANCELLED, "cancelled after " + state.step() + " steps");
    }

    public Progress failed(String reason) {
        return says(Phase.FAILED, reason);
    }

    private Progress says(Phase phase, String what) {
        return in(phase).message(what).build();
    }

    /** Returns a builder with the fields that every event has. */
    private ProgressBuilder in(Phase phase) {
        return ProgressBuilder.builder()
                .run(run.run())
                .at(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .phase(phase)
                .step(state.step())
                .steps(steps)
                .epoch(state.epoch())
                .epochs(run.specification().data().source() == Source.STREAM ? 0 : run.specification().training().epochs())
                .tokensSeen(state.tokensSeen());
    }
}
