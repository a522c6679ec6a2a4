package dev.apprentice.trainer.checkpoint;

import dev.apprentice.contracts.run.Training.KeepCheckpoints;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Decides which of a run's checkpoints can be deleted.
 *
 * <p>It keeps step 0, which every report compares with, and the newest checkpoints, among them the one that training resumes
 * from. It keeps the best ones by validation loss, or by training loss if there is no validation split; in a tie, the earlier one
 * is better. It keeps what is still referred to. A checkpoint that was only written to pause the run stays, and counts for none
 * of these.
 */
public final class Retention {

    private Retention() {}

    /**
     * Returns the checkpoints that can be deleted.
     *
     * @param all the run's checkpoints, newest first
     * @param isReferredTo whether an unfinished exam, a report or another run needs a step's weights
     */
    public static List<SavedCheckpoint> expendable(
            List<SavedCheckpoint> all, KeepCheckpoints keep, IntPredicate isReferredTo) {
        List<SavedCheckpoint> saved = all.stream().filter(checkpoint -> !checkpoint.unannounced()).toList();
        Set<SavedCheckpoint> kept = new HashSet<>(saved.subList(0, Math.min(keep.last(), saved.size())));
        saved.stream()
                .filter(checkpoint -> loss(checkpoint) < Double.POSITIVE_INFINITY)
                .sorted(Comparator.comparingDouble(Retention::loss).thenComparing(Retention::step))
                .limit(keep.best())
                .forEach(kept::add);
        return saved.stream()
                .filter(checkpoint -> !kept.contains(checkpoint))
                .filter(checkpoint -> step(checkpoint) > 0 && !isReferredTo.test(step(checkpoint)))
                .toList();
    }

    private static int step(SavedCheckpoint checkpoint) {
        return checkpoint.state().step();
    }

    private static double loss(SavedCheckpoint checkpoint) {
        TrainingState state = checkpoint.state();
        return state.validationLoss().or(state::trainLoss).orElse(Double.POSITIVE_INFINITY);
    }
}
