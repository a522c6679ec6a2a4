package dev.apprentice.trainer.training;

import dev.apprentice.contracts.run.Training;
import dev.apprentice.service.log.RunLog;
import dev.apprentice.trainer.batches.BatchFeed;
import dev.apprentice.trainer.batches.EvaluationSet;
import dev.apprentice.trainer.batches.ReceivedBatch;
import dev.apprentice.trainer.checkpoint.TrainingState;
import dev.apprentice.trainer.progress.FencedException;
import dev.apprentice.trainer.run.Attempt;
import dev.apprentice.trainer.run.RunStoppedException;
import dev.apprentice.trainer.run.RunStoppedException.Reason;
import dev.apprentice.trainer.run.TrainingFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/**
 * The training loop (Raschka, "Build a Large Language Model (From Scratch)", chapter 7; compare nanoGPT's train.py).
 *
 * <p>Everything that follows a step, such as an evaluation, is done before the next step begins. A checkpoint holds the moment
 * after all of it, so a resumed training continues with exactly the next step.
 */
final class TrainingLoop {

    private final RunContext context;
    private final Training training;
    private final BatchFeed curriculum;
    private final EvaluationSet evaluationSet;
    private final TrainingStep step;
    private final Evaluation evaluation;
    private final EpochSample sampling;
    private final CheckpointAnnouncer checkpoints;
    private final Attempt attempt;
    private final int beganAt;
    private int onDisk;
    private TrainingState state;

    /**
     * @param attempt notified when the loop waits
     * @param state the state to go on from
     */
    TrainingLoop(
            RunContext context,
            BatchFeed curriculum,
            EvaluationSet evaluationSet,
            TrainingStep step,
            Evaluation evaluation,
            EpochSample sampling,
            CheckpointAnnouncer checkpoints,
            Attempt attempt,
            TrainingState state) {
        this.context = context;
        this.training = context.training();
        this.curriculum = curriculum;
        this.evaluationSet = evaluationSet;
        this.step = step;
        this.evaluation = evaluation;
        this.sampling = sampling;
        this.checkpoints = checkpoints;
        this.attempt = attempt;
        this.beganAt = state.step();
        this.onDisk = beganAt;
        this.state = state;
    }

    /** Evaluates the untrained base model and saves it as step 0. */
    void begin() {
        state = state.beginningAt(evaluationSet.firstTrainingBatch().offset());
        RunLog.atStep(state.step());
        evaluate();
        training.patience().ifPresent(this::countPatience);
        save();
    }

    /**
     * Learns batches until the last one; a stream has no last one.
     *
     * @throws IOException if the run is cancelled and the storage of its last checkpoint is unavailable
     */
    void learnToTheEnd() throws IOException {
        curriculum.goOnAfter(state);
        try {
            while (!state.last()) {
                List<ReceivedBatch> batches = nextStep();
                context.unpublished().learning(batches, () -> learn(batches));
                boolean epochEnds = last(batches).endsEpoch();
                boolean checkpoint = epochEnds || state.last() || context.schedule().isDue(state.step());
                if (state.step() % training.evaluateEvery() == 0 || checkpoint) {
                    evaluate();
                }
                if (epochEnds || state.last()) {
                    sample();
                }
                if (epochEnds || context.schedule().isRegular(state.step())) {
                    training.patience().ifPresent(this::countPatience);
                }
                if (checkpoint) {
                    save();
                }
            }
            checkpoints.settle();
        } catch (RunStoppedException e) {
            if (e.reason() == Reason.CANCELLED) {
                checkpoints.saveAsCancelled(asCancelled(), context.schedule().isNewsAt(state.step()));
            }
            throw e;
        } catch (FencedException | KafkaException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            checkpoints.announceBefore(e);
            throw e;
        }
    }

    /**
     * Returns the state to save for a cancelled run. Cancelling is how a stream's run ends, so that state is its last; any other
     * run could be resumed.
     */
    private TrainingState asCancelled() {
        TrainingState measured = evaluation.isOf(state) ? state : state.evaluated(Optional.empty(), Optional.empty());
        return context.isStream() ? measured.asLast() : measured;
    }

    /**
     * Counts this checkpoint for early stopping.
     *
     * @throws TrainingFailedException if there is no validation loss
     */
    private void countPatience(int patience) {
        state = state.judged(patience, state.validationLoss().orElseThrow(() -> new TrainingFailedException(
                "training.patience needs validation examples, but none was held out; give a split that leaves some, or leave"
                        + " patience out")));
    }

    /** Returns the batches of the next step: as many as are accumulated, or those that are left at the end of an epoch. */
    private List<ReceivedBatch> nextStep() {
        if (state.step() > beganAt && context.turn().isOver(false)) { // every turn learns at least one step
            giveWay();
        }
        List<ReceivedBatch> batches = new ArrayList<>();
        checkpoints.announceIfWritten();
        do {
            if (curriculum.isEmpty()) {
                context.events().flush(); // waiting may take long, and others want to see the last step
            }
            context.stop().check();
            batches.add(curriculum.next(this::whileWaiting));
        } while (batches.size() < training.gradientAccumulation() && !last(batches).endsEpoch());
        context.metrics().isCaughtUp(false);
        return batches;
    }

    private void whileWaiting() {
        step.followers().showLife();
        checkpoints.announceIfWritten();
        context.metrics().isCaughtUp(context.isStream() && curriculum.isAtEnd());
        if (curriculum.isAtEnd()) {
            attempt.close(); // waiting may take long, and does no harm
        }
        if (curriculum.isWaitToBeReported()) {
            context.events().report(context.report().stillWaitingForBatches());
            context.events().flush();
        }
        if (context.schedule().isDue(state.step())) {
            if (!evaluation.isOf(state)) {
                evaluate(); // a checkpoint holds the losses of its own step
            }
            save();
        }
        checkpoints.cleanUpIfReportsCame();
        if (curriculum.isAtEnd() && context.turn().isOver(true)) {
            giveWay();
        }
    }

    /**
     * Gives the turn to another run. What was learned since the last checkpoint is saved, so the only cost is the time to load
     * the model again.
     */
    private void giveWay() {
        checkpoints.settle();
        if (state.step() == onDisk || checkpoints.pause(state)) {
            context.schedule().paused(state.step());
            throw new TurnOverException(curriculum.position());
        }
    }

    private void learn(List<ReceivedBatch> batches) {
        state = step.learn(batches, state, curriculum);
    }

    private void evaluate() {
        context.events().flush(); // an evaluation may outlast the timeout of the open transaction
        state = evaluation.of(state);
    }

    private void sample() {
        context.events().flush();
        sampling.answer(evaluationSet)
                .ifPresent(sample -> context.events().report(context.report().sampled(sample)));
    }

    private void save() {
        checkpoints.save(state);
        context.schedule().saved(state.step());
        onDisk = state.step();
    }

    private static ReceivedBatch last(List<ReceivedBatch> batches) {
        return batches.get(batches.size() - 1);
    }
}
