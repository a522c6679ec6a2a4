package dev.apprentice.trainer.checkpoint;

import dev.apprentice.contracts.run.Training;
import java.util.Optional;

/**
 * How far a run has come. With weights and optimizer state of the same moment, training goes on as if nothing had happened.
 *
 * @param step optimizer steps done
 * @param epoch epochs begun
 * @param last whether training ends here
 * @param nextOffset offset in {@code batches.<run>} where training goes on
 * @param place the last batch learned; empty before the first
 * @param tokensSeen input tokens trained on
 * @param seed the run's seed. Weights and adapters are drawn from it, and dropout from it and the step, so there is no other
 *     random state
 * @param trainLoss the last evaluation's loss on training batches
 * @param validationLoss the last evaluation's loss on validation batches
 * @param earlyStopping what decides whether training ends early; empty if the run has no patience
 * @param base version of a base model in an object store; empty for one in a folder or on the hub
 */
public record TrainingState(
        int step,
        int epoch,
        boolean last,
        long nextOffset,
        Optional<BatchPosition> place,
        long tokensSeen,
        long seed,
        Optional<Double> trainLoss,
        Optional<Double> validationLoss,
        Optional<EarlyStopping> earlyStopping,
        Optional<String> base) {

    /** Returns the state before the first step. */
    public static TrainingState start(long seed) {
        return new TrainingState(0, 0, false, 0, Optional.empty(), 0, seed, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    /** Returns this state with the base model's version. */
    public TrainingState of(Optional<String> baseModel) {
        return new TrainingState(step, epoch, last, nextOffset, place, tokensSeen, seed, trainLoss, validationLoss, earlyStopping,
                baseModel);
    }

    /** Returns this state with the offset of the first training batch. */
    public TrainingState beginningAt(long firstTrainingOffset) {
        return new TrainingState(
                step, epoch, last, firstTrainingOffset, place, tokensSeen, seed, trainLoss, validationLoss, earlyStopping, base);
    }

    /**
     * Returns the state after one more step.
     *
     * @param learned the position of the last batch learned
     * @param offset that batch's offset in the run's topic
     * @param tokens input tokens of the step
     */
    public TrainingState after(BatchPosition learned, long offset, long tokens, Training training) {
        return new TrainingState(
                step + 1,
                learned.epoch(),
                learned.endsPart() && learned.epoch() == training.epochs()
                        || training.maxSteps().equals(Optional.of(step + 1)),
                offset + 1,
                Optional.of(learned),
                tokensSeen + tokens,
                seed,
                trainLoss,
                validationLoss,
                earlyStopping,
                base);
    }

    /** Returns this state with an evaluation's losses. */
    public TrainingState evaluated(Optional<Double> train, Optional<Double> validation) {
        return new TrainingState(
                step, epoch, last, nextOffset, place, tokensSeen, seed, train, validation, earlyStopping, base);
    }

    /** Returns this state as the run's last one. */
    public TrainingState asLast() {
        return last(true);
    }

    /** Returns this state as one that is not the last. */
    public TrainingState goingOn() {
        return last(false);
    }

    private TrainingState last(boolean ends) {
        return new TrainingState(
                step, epoch, ends, nextOffset, place, tokensSeen, seed, trainLoss, validationLoss, earlyStopping, base);
    }

    /**
     * Returns this state with this checkpoint counted for early stopping. It is the last one if {@code patience} checkpoints in a
     * row had no lower validation loss.
     *
     * @param patience how many checkpoints in a row may bring no lower loss
     * @param loss the validation loss at this state
     */
    public TrainingState judged(int patience, double loss) {
        EarlyStopping seen =
                earlyStopping.map(before -> before.after(loss, step)).orElseGet(() -> new EarlyStopping(loss, step, 0));
        return new TrainingState(
                step,
                epoch,
                last || seen.checkpointsSince() >= patience,
                nextOffset,
                place,
                tokensSeen,
                seed,
                trainLoss,
                validationLoss,
                Optional.of(seen),
                base);
    }
}
