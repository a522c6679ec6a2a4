package dev.apprentice.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Batch.SplitName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchPositionTest {

    @Test
    void aBatchIsFollowedByTheNextOfItsEpoch() {
        assertThat(place(SplitName.TRAIN, 1, 2, 5).isFollowedBy(batch(SplitName.TRAIN, 1, 3))).isTrue();
    }

    @Test
    void aRepetitionAGapAndAnotherEpochDoNotFollow() {
        BatchPosition place = place(SplitName.TRAIN, 1, 2, 5);
        assertThat(place.isFollowedBy(batch(SplitName.TRAIN, 1, 2))).isFalse();
        assertThat(place.isFollowedBy(batch(SplitName.TRAIN, 1, 4))).isFalse();
        assertThat(place.isFollowedBy(batch(SplitName.TRAIN, 2, 3))).isFalse();
        assertThat(place.isFollowedBy(batch(SplitName.VALIDATION, 1, 3))).isFalse();
    }

    @Test
    void validationIsFollowedByTheFirstEpochAndThatByTheSecond() {
        assertThat(place(SplitName.VALIDATION, 0, 1, 2).isFollowedBy(batch(SplitName.TRAIN, 1, 0))).isTrue();
        assertThat(place(SplitName.TRAIN, 1, 4, 5).isFollowedBy(batch(SplitName.TRAIN, 2, 0))).isTrue();
        assertThat(place(SplitName.TRAIN, 1, 4, 5).isFollowedBy(batch(SplitName.TRAIN, 3, 0))).isFalse();
        assertThat(place(SplitName.TRAIN, 1, 4, 5).isFollowedBy(batch(SplitName.TRAIN, 1, 5))).isFalse();
    }

    @Test
    void aCurriculumBeginsWithValidationOrWithTraining() {
        assertThat(BatchPosition.canBegin(batch(SplitName.VALIDATION, 0, 0))).isTrue();
        assertThat(BatchPosition.canBegin(batch(SplitName.TRAIN, 1, 0))).isTrue();
        assertThat(BatchPosition.canBegin(batch(SplitName.TRAIN, 1, 1))).isFalse();
        assertThat(BatchPosition.canBegin(batch(SplitName.TRAIN, 2, 0))).isFalse();
    }

    @Test
    void anEpochOfUnknownLengthDoesNotEnd() {
        BatchPosition place = new BatchPosition(SplitName.TRAIN, 1, 0, Optional.empty());
        assertThat(place.endsPart()).isFalse();
        assertThat(place.isFollowedBy(batch(SplitName.TRAIN, 1, 1))).isTrue();
    }

    @Test
    void validationOfUnknownLengthIsFollowedByMoreOfItOrByTheFirstTrainingBatch() {
        BatchPosition place = new BatchPosition(SplitName.VALIDATION, 0, 3, Optional.empty());
        assertThat(place.isFollowedBy(batch(SplitName.VALIDATION, 0, 4))).isTrue();
        assertThat(place.isFollowedBy(batch(SplitName.TRAIN, 1, 0))).isTrue();
        assertThat(place.isFollowedBy(batch(SplitName.TRAIN, 1, 1))).isFalse();
    }

    private static BatchPosition place(SplitName split, int epoch, int index, int of) {
        return new BatchPosition(split, epoch, index, Optional.of(of));
    }

    private static Batch batch(SplitName split, int epoch, int index) {
        return new Batch("run", split, epoch, index, Optional.of(5), new int[] {1, 2}, new int[] {2}, new int[] {1});
    }
}
