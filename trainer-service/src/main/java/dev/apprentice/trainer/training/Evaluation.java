package dev.apprentice.trainer.training;

import dev.apprentice.model.training.FineTuning;
import dev.apprentice.trainer.batches.EvaluationSet;
import dev.apprentice.trainer.batches.ReceivedBatch;
import dev.apprentice.trainer.checkpoint.TrainingState;
import dev.apprentice.trainer.run.TrainingFailedException;
import java.util.List;
import java.util.Optional;

/** Measures the loss on a few batches of the training split and of the validation split, and reports it. */
final class Evaluation {

    private static final int NEVER = -1;

    private final RunContext context;
    private final FineTuning fineTuning;
    private final EvaluationSet batches;
    private final Followers followers;
    private int latestStep = NEVER;

    /** @param followers the other ranks that train the run */
    Evaluation(RunContext context, FineTuning fineTuning, EvaluationSet batches, Followers followers) {
        this.context = context;
        this.fineTuning = fineTuning;
        this.batches = batches;
        this.followers = followers;
    }

    /**
     * Returns the state with its losses.
     *
     * @throws TrainingFailedException if a loss is not finite
     */
    TrainingState of(TrainingState state) {
        followers.evaluate();
        TrainingState evaluated = state.evaluated(loss(batches.train()), loss(batches.validation()));
        if (isNotFinite(evaluated.trainLoss()) || isNotFinite(evaluated.validationLoss())) {
            throw TrainingFailedException.diverged("the evaluation's loss after step " + state.step()
                    + state.place().map(place -> " (batch " + place + ")").orElse("") + " is not finite");
        }
        latestStep = state.step();
        context.metrics().evaluated(evaluated);
        context.events().report(context.report().evaluated(evaluated));
        return evaluated;
    }

    /** Tells whether the state's losses were measured at its step. */
    boolean isOf(TrainingState state) {
        return latestStep == state.step();
    }

    private Optional<Double> loss(List<ReceivedBatch> batches) {
        return EvaluationSet.loss(fineTuning, batches, context.training().maskInstruction(), context.stop());
    }

    private static boolean isNotFinite(Optional<Double> loss) {
        return loss.isPresent() && !Double.isFinite(loss.get());
    }
}
