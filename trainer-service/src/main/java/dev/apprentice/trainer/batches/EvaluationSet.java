package dev.apprentice.trainer.batches;

import dev.apprentice.model.training.FineTuning;
import dev.apprentice.trainer.run.StopSignal;
import dev.apprentice.trainer.run.TrainingFailedException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The batches that every evaluation of a run uses.
 *
 * @param train the first training batches; never empty
 * @param validation the first validation batches; empty if the run has no validation split
 */
public record EvaluationSet(List<ReceivedBatch> train, List<ReceivedBatch> validation) {

    public ReceivedBatch firstTrainingBatch() {
        return train.get(0);
    }

    /**
     * Returns how many training batches an epoch has.
     *
     * @throws TrainingFailedException if the first training batch does not tell
     */
    public int batchesPerEpoch() {
        return firstTrainingBatch().batch().of().orElseThrow(() -> new TrainingFailedException(
                firstTrainingBatch() + " does not say how many batches its epoch has"));
    }

    /** Returns all batches, validation first, from which a sample's question is taken. */
    public Stream<ReceivedBatch> validationFirst() {
        return Stream.concat(validation.stream(), train.stream());
    }

    /**
     * Returns the mean loss per target token over these batches, without learning from them; empty if there are none. Each rank
     * computes its share.
     */
    public static Optional<Double> loss(FineTuning tuning, List<ReceivedBatch> batches, boolean answerOnly, StopSignal stop) {
        return batches.isEmpty()
                ? Optional.empty()
                : Optional.of(tuning.loss(batches.stream().map(received -> received.tokens(answerOnly)).toList(), stop::check).mean());
    }
}
