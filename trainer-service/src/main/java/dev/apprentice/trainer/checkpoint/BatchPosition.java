package dev.apprentice.trainer.checkpoint;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Batch.SplitName;
import java.util.Locale;
import java.util.Optional;

/**
 * A batch's position in the curriculum. Validation comes first, then epoch by epoch.
 *
 * @param split validation or train
 * @param epoch counted from 1; 0 for validation
 * @param position within the split and epoch, counted from 0
 * @param of number of batches in the split and epoch; empty while unknown
 */
public record BatchPosition(SplitName split, int epoch, int index, Optional<Integer> of) {

    public static BatchPosition of(Batch batch) {
        return new BatchPosition(batch.split(), batch.epoch(), batch.index(), batch.of());
    }

    /** Tells whether a curriculum can begin with this batch. That may be a training batch, because a run may have no validation split. */
    public static boolean canBegin(Batch batch) {
        return batch.index() == 0 && (batch.split() == SplitName.VALIDATION || batch.epoch() == 1);
    }

    /** Tells whether this batch comes right after this position, without a gap or a repetition. */
    public boolean isFollowedBy(Batch next) {
        boolean validationEndsUntold = split == SplitName.VALIDATION && of.isEmpty() && next.split() == SplitName.TRAIN;
        return endsPart() || validationEndsUntold
                ? next.split() == SplitName.TRAIN && next.epoch() == epoch + 1 && next.index() == 0
                : next.split() == split && next.epoch() == epoch && next.index() == index + 1;
    }

    /** Tells whether this is the last batch of its epoch or of the validation split. */
    public boolean endsPart() {
        return of.isPresent() && index == of.get() - 1;
    }

    @Override
    public String toString() {
        return split.name().toLowerCase(Locale.ROOT) + "/" + epoch + "/" + index;
    }
}
