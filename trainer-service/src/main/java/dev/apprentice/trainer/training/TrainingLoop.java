package dev.apprentice.trainer.training;

import dev.apprentice.contracts.Training;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.StepMetrics;
import dev.apprentice.trainer.checkpoint.TrainingState;
import dev.apprentice.trainer.run.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The training loop (Raschka, "Build a Large Language Model (From Scratch)", chapter 7; compare nanoGPT's train.py).
 *
 * <p>What follows a step is done before the next one begins and its checkpoint comes last, so that a training that goes on
 * from a checkpoint goes on with the next step and nothing else.
 */
final class TrainingLoop {

    private final Training training;
    private final LanguageModel model;
    private final FineTuning fineTuning;
    private final Curriculum curriculum;
    private final EvaluationSet evaluationSet;
    private final LearningRate learningRate;
    private final Sampling sampling;
    private final CheckpointAnnouncer checkpoints;
    private final RunEvents events;
    private final ProgressReport report;
    private final TrainingMetrics metrics;
    private final StopSignal stop;

    TrainingLoop(
            Training training,
            LanguageModel model,
            FineTuning fineTuning,
            Curriculum curriculum,
            EvaluationSet evaluationSet,
            Sampling sampling,
            CheckpointAnnouncer checkpoints,
            RunEvents events,
            ProgressReport report,
            TrainingMetrics metrics,
            StopSignal stop) {
        this.training = training;
        this.model = model;
        this.fineTuning = fineTuning;
        this.curriculum = curriculum;
        this.evaluationSet = evaluationSet;
        this.learningRate = new LearningRate(training, training.epochs() * evaluationSet.batchesPerEpoch());
        this.sampling = sampling;
        this.checkpoints = checkpoints;
        this.events = events;
        this.report = report;
        this.metrics = metrics;
        this.stop = stop;
    }

    /** Measures the untouched base model and keeps it as step 0. */
    TrainingState begin(TrainingState start) {
        TrainingState state = evaluate(start.beginningAt(evaluationSet.firstTrainingBatch().offset()));
        checkpoints.save(state);
        return state;
    }

    /** Learns every batch that comes after this state. */
    void continueFrom(TrainingState state) {
        curriculum.goOnAfter(state);
        while (!state.last()) {
            Lesson lesson = next();
            state = learn(lesson, state);
            if (state.step() % training.evaluateEvery() == 0 || state.last()) {
                state = evaluate(state);
            }
            if (lesson.endsEpoch()) {
                sample();
            }
            if (lesson.endsEpoch() || isCheckpointDue(state)) {
                checkpoints.save(state);
            }
        }
    }

    private Lesson next() {
        if (curriculum.isDry()) {
            events.flush(); // waiting may take long, and others want to see the step before it
        }
        stop.check();
        return curriculum.next();
    }

    private TrainingState learn(Lesson lesson, TrainingState state) {
        long began = System.nanoTime();
        double rate = learningRate.at(state.step() + 1);
        StepMetrics step = fineTuning.step(List.of(lesson.tokens(training.maskInstruction())), rate);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (!Double.isFinite(step.loss()) || !Double.isFinite(step.gradientNorm())) {
            throw diverged("the loss is " + step.loss() + " and the gradient norm " + step.gradientNorm() + " at step "
                    + (state.step() + 1) + ", in " + lesson);
        }
        double tokensPerSecond = step.tokens() / (took.toNanos() / 1e9);
        TrainingState learned = state.after(lesson.place(), lesson.offset(), step.tokens(), training.epochs());
        metrics.stepped(step, took, tokensPerSecond, curriculum.left());
        events.report(report.trained(learned, step, rate, tokensPerSecond));
        return learned;
    }

    private TrainingState evaluate(TrainingState state) {
        events.flush(); // an evaluation may outlast the transaction that the last steps are in
        TrainingState evaluated = state.evaluated(loss(evaluationSet.train()), loss(evaluationSet.validation()));
        if (isNotFinite(evaluated.trainLoss()) || isNotFinite(evaluated.validationLoss())) {
            throw diverged("the loss is not finite when evaluated after step " + state.step()
                    + state.place().map(place -> ", behind batch " + place).orElse(""));
        }
        metrics.evaluated(evaluated);
        events.report(report.evaluated(evaluated));
        return evaluated;
    }

    private Optional<Double> loss(List<Lesson> lessons) {
        return EvaluationSet.loss(model, lessons, training.maskInstruction(), stop);
    }

    private static boolean isNotFinite(Optional<Double> loss) {
        return loss.isPresent() && !Double.isFinite(loss.get());
    }

    private static TrainingFailedException diverged(String what) {
        return new TrainingFailedException("training has diverged: " + what
                + "; the last checkpoint is kept, a new run may go better with a lower learning rate");
    }

    private void sample() {
        events.flush();
        sampling.answer(evaluationSet).ifPresent(sample -> events.report(report.sampled(sample)));
    }

    private boolean isCheckpointDue(TrainingState state) {
        return training.checkpointEvery().map(every -> state.step() % every == 0).orElse(false);
    }
}
