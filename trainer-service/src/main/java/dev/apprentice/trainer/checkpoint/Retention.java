package dev.apprentice.trainer.checkpoint;

import dev.apprentice.contracts.run.Training.KeepCheckpoints;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Which of a run's checkpoints can go.
 *
 * <p>Kept are step 0, which every report compares with; the newest ones, among them the one that training goes on from; the
 * best ones by validation loss, or by training loss where nothing is held out for validation, the earlier of two that are
 * alike; and what is still referred to. What only a paused run needs stays, and counts for none of these.
 */
public final class Retention {

    private Retention() {}

    /**
     * @param all newest first
     * @param isReferredTo whether an unfinished exam or a report needs a step's weights
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
