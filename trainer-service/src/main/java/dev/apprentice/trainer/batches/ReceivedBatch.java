package dev.apprentice.trainer.batches;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.trainer.checkpoint.BatchPosition;
import io.opentelemetry.context.Context;

/**
 * A batch and where it stands in the curriculum's topic.
 *
 * @param offset the record's offset
 * @param batch what to learn
 * @param trace the trace that it belongs to; the root where it belongs to none
 */
public record ReceivedBatch(long offset, Batch batch, Context trace) {

    public BatchPosition place() {
        return BatchPosition.of(batch);
    }

    /** Whether the epoch is over after it. */
    public boolean endsEpoch() {
        return place().endsPart();
    }

    /** @param answerOnly count the loss on the answer's tokens only */
    public TokenBatch tokens(boolean answerOnly) {
        return new TokenBatch(batch.tokens(), batch.rowLengths(), batch.promptLengths(), answerOnly);
    }

    @Override
    public String toString() {
        return "batch " + batch.key() + " at offset " + offset;
    }
}
