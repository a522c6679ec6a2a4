package dev.apprentice.trainer.batches;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.trainer.checkpoint.BatchPosition;
import io.opentelemetry.context.Context;

/**
 * A batch and its position in the run's topic.
 *
 * @param offset the record's offset
 * @param batch the rows to learn
 * @param trace the trace that the batch belongs to; the root context if it belongs to none
 */
public record ReceivedBatch(long offset, Batch batch, Context trace) {

    public BatchPosition place() {
        return BatchPosition.of(batch);
    }

    /** Tells whether the batch is the last one of its epoch. */
    public boolean endsEpoch() {
        return place().endsPart();
    }

    /**
     * Returns the batch as input of the model.
     *
     * @param answerOnly whether only the answer's tokens count towards the loss
     */
    public TokenBatch tokens(boolean answerOnly) {
        return new TokenBatch(batch.tokens(), batch.rowLengths(), batch.promptLengths(), answerOnly);
    }

    @Override
    public String toString() {
        return "batch " + batch.key() + " at offset " + offset;
    }
}
