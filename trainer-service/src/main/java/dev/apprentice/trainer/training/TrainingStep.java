package dev.apprentice.trainer.training;

import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.MatmulRate;
import dev.apprentice.model.training.StepMetrics;
import dev.apprentice.service.log.RunLog;
import dev.apprentice.trainer.batches.BatchFeed;
import dev.apprentice.trainer.batches.ReceivedBatch;
import dev.apprentice.trainer.checkpoint.TrainingState;
import dev.apprentice.trainer.run.Attempt;
import dev.apprentice.trainer.run.TrainingFailedException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A step of training: all ranks learn its batches, and its progress is reported.
 *
 * @param followers the other ranks that train the run
 * @param matmulRate the machine's measured rate in the run's precision
 * @param attempt notified of each step
 */
record TrainingStep(
        RunContext context,
        FineTuning fineTuning,
        Followers followers,
        LearningRate learningRate,
        MatmulRate matmulRate,
        Attempt attempt) {

    /**
     * Learns the batches and returns the state after the step.
     *
     * @param batches at least one batch
     * @param curriculum the feed that they came from
     * @throws TrainingFailedException if the loss or a gradient is not finite
     */
    TrainingState learn(List<ReceivedBatch> batches, TrainingState before, BatchFeed curriculum) {
        double rate = learningRate.at(before.step() + 1);
        followers.step(before.step() + 1, batches, rate);
        boolean maskInstruction = context.training().maskInstruction();
        StepMetrics step = fineTuning.step(batches.stream().map(received -> received.tokens(maskInstruction)).toList(), rate);
        if (!Double.isFinite(step.loss()) || !Double.isFinite(step.gradientNorm())) {
            throw TrainingFailedException.diverged("the loss is " + step.loss() + " and the gradient norm " + step.gradientNorm()
                    + " at step " + (before.step() + 1) + ", in "
                    + batches.stream().map(ReceivedBatch::toString).collect(Collectors.joining(" and ")));
        }
        ReceivedBatch last = batches.get(batches.size() - 1);
        TrainingState state = before.after(last.place(), last.offset(), step.tokens(), context.training());
        attempt.reached(state.step());
        RunLog.atStep(state.step());
        double matmulShare = step.matmulShare(matmulRate);
        context.metrics().stepped(step, matmulShare, curriculum.left());
        context.events().report(context.report().trained(state, step, rate, matmulShare));
        return state;
    }
}
