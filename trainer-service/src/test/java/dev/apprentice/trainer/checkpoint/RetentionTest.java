package dev.apprentice.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.run.Training.KeepCheckpoints;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetentionTest {

    /** Validation losses of steps 0, 10, 20 and so on. */
    private static final double[] LOSSES = {9, 5, 2, 3, 2, 7, 8};

    @Test
    void keepsTheBaseTheNewestAndTheBest() {
        assertThat(expendable(new KeepCheckpoints(2, 1), Set.of())).containsExactly(40, 30, 10);
    }

    @Test
    void ofTwoThatAreAlikeTheEarlierIsTheBetterOne() {
        assertThat(expendable(new KeepCheckpoints(1, 1), Set.of())).containsExactly(50, 40, 30, 10);
        assertThat(expendable(new KeepCheckpoints(1, 2), Set.of())).containsExactly(50, 30, 10);
    }

    @Test
    void neverRemovesWhatSomebodyRefersTo() {
        assertThat(expendable(new KeepCheckpoints(1, 0), Set.of(10, 30))).containsExactly(50, 40, 20);
    }

    @Test
    void neverRemovesTheOneThatTrainingGoesOnFrom() {
        assertThat(expendable(new KeepCheckpoints(1, 0), Set.of())).doesNotContain(60, 0);
    }

    @Test
    void goesByTrainingLossWhereNothingIsHeldOutForValidation() {
        List<SavedCheckpoint> saved = List.of(
                checkpoint(30, Optional.of(3.0), Optional.empty()),
                checkpoint(20, Optional.of(1.0), Optional.empty()),
                checkpoint(10, Optional.of(2.0), Optional.empty()));
        assertThat(Retention.expendable(saved, new KeepCheckpoints(1, 1), step -> false))
                .extracting(gone -> gone.state().step())
                .containsExactly(10);
    }

    @Test
    void oneThatWasNeverMeasuredIsNotTheBest() {
        List<SavedCheckpoint> saved = List.of(
                checkpoint(20, Optional.empty(), Optional.empty()), checkpoint(10, Optional.empty(), Optional.empty()));
        assertThat(Retention.expendable(saved, new KeepCheckpoints(1, 1), step -> false)).hasSize(1);
    }

    @Test
    void whatWasOnlyPausedStaysAndIsNotTheNewest() {
        SavedCheckpoint paused = new SavedCheckpoint(
                Path.of("step-30"), "file:/step-30", checkpoint(30, Optional.empty(), Optional.empty()).state(), "sha256:00", Instant.EPOCH,
                true, List.of());
        List<SavedCheckpoint> all = List.of(
                paused,
                checkpoint(20, Optional.empty(), Optional.empty()),
                checkpoint(10, Optional.empty(), Optional.empty()));
        assertThat(Retention.expendable(all, new KeepCheckpoints(1, 0), step -> false))
                .extracting(gone -> gone.state().step())
                .containsExactly(10);
    }

    private static List<Integer> expendable(KeepCheckpoints keep, Set<Integer> referredTo) {
        List<SavedCheckpoint> saved = new ArrayList<>();
        for (int i = 0; i < LOSSES.length; i++) {
            saved.add(checkpoint(10 * i, Optional.of(1.0), Optional.of(LOSSES[i])));
        }
        Collections.reverse(saved);
        return Retention.expendable(saved, keep, referredTo::contains).stream()
                .map(gone -> gone.state().step())
                .toList();
    }

    private static SavedCheckpoint checkpoint(int step, Optional<Double> train, Optional<Double> validation) {
        TrainingState state = new TrainingState(step, 1, false, step, Optional.empty(), 0, 1, train, validation, Optional.empty(), Optional.empty());
        return new SavedCheckpoint(Path.of("step-" + step), "file:/step-" + step, state, "sha256:00", Instant.EPOCH, false, List.of());
    }
}
