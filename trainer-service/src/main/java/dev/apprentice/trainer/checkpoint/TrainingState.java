package dev.apprentice.trainer.checkpoint;

import dev.apprentice.contracts.run.Training;
import java.util.Optional;

/**
 * How far a run has come: with weights and optimizer state of the same moment, all that is needed to go on as if nothing
 * had happened.
 *
 * @param step optimizer steps done
 * @param epoch epochs begun
 * @param last whether the curriculum ends here
 * @param nextOffset where in {@code batches.<run>} training goes on
 * @param place the last batch learned; empty before the first
 * @param tokensSeen input tokens trained on
 * @param seed the run's seed; weights and adapters are drawn from it, and dropout from it and the step, so it is all the
 *     random state there is
 * @param trainLoss the last evaluation's loss on training batches
 * @param validationLoss the last evaluation's loss on validation batches
 * @param earlyStopping what decides whether training ends early; empty where the run has no patience
 * @param base what tells the base model from others that were or will be at its place; empty where that cannot change unseen
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

    /** Before the first step. */
    public static TrainingState start(long seed) {
        return new TrainingState(0, 0, false, 0, Optional.empty(), 0, seed, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    /** This moment, with what tells the base model from others. */
    public TrainingState of(Optional<String> baseModel) {
        return new TrainingState(step, epoch, last, nextOffset, place, tokensSeen, seed, trainLoss, validationLoss, earlyStopping,
                baseModel);
    }

    /** This moment, now that it is known where the first training batch lies. */
    public TrainingState beginningAt(long firstTrainingOffset) {
        return new TrainingState(
                step, epoch, last, firstTrainingOffset, place, tokensSeen, seed, trainLoss, validationLoss, earlyStopping, base);
    }

    /** One step further. */
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

    /** This moment, measured. */
    public TrainingState evaluated(Optional<Double> train, Optional<Double> validation) {
        return new TrainingState(
                step, epoch, last, nextOffset, place, tokensSeen, seed, train, validation, earlyStopping, base);
    }

    /** This moment, of a run that was to go on and now is not. */
    public TrainingState asLast() {
        return last(true);
    }

    /** This moment, of a run that had ended and now goes on. */
    public TrainingState goingOn() {
        return last(false);
    }

    private TrainingState last(boolean ends) {
        return new TrainingState(
                step, epoch, ends, nextOffset, place, tokensSeen, seed, trainLoss, validationLoss, earlyStopping, base);
    }

    /**
     * This moment, at a checkpoint: the last one if so many in a row have brought no lower validation loss.
     *
     * @param patience how many those may be
     * @param loss this moment's validation loss
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
