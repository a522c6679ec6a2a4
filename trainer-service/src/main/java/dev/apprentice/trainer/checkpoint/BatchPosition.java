package dev.apprentice.trainer.checkpoint;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Batch.SplitName;
import java.util.Locale;
import java.util.Optional;

/**
 * A batch's place in the curriculum. Validation comes first, then the epochs, each batch by batch.
 *
 * @param split validation or train
 * @param epoch counted from 1; 0 for validation
 * @param index from 0
 * @param of how many batches the split and epoch have; empty while unknown
 */
public record BatchPosition(SplitName split, int epoch, int index, Optional<Integer> of) {

    public static BatchPosition of(Batch batch) {
        return new BatchPosition(batch.split(), batch.epoch(), batch.index(), batch.of());
    }

    /** Whether a curriculum can begin with this batch: a run may have no validation split. */
    public static boolean canBegin(Batch batch) {
        return batch.index() == 0 && (batch.split() == SplitName.VALIDATION || batch.epoch() == 1);
    }

    /** Whether this batch comes right after this place: nothing left out, nothing twice. */
    public boolean isFollowedBy(Batch next) {
        boolean validationEndsUntold = split == SplitName.VALIDATION && of.isEmpty() && next.split() == SplitName.TRAIN;
        return endsPart() || validationEndsUntold
                ? next.split() == SplitName.TRAIN && next.epoch() == epoch + 1 && next.index() == 0
                : next.split() == split && next.epoch() == epoch && next.index() == index + 1;
    }

    /** Whether the epoch, or the validation split, ends here. */
    public boolean endsPart() {
        return of.isPresent() && index == of.get() - 1;
    }

    @Override
    public String toString() {
        return split.name().toLowerCase(Locale.ROOT) + "/" + epoch + "/" + index;
    }
}
