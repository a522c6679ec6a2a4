package dev.apprentice.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.Progress;
import dev.apprentice.contracts.Progress.Phase;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LossHistoryTest {

    @Test
    void anEndlessRunsLossesAreThinnedOutFromItsFirstToItsNewest() {
        LossHistory history = new LossHistory();
        for (int step = 0; step <= 1_000_000; step++) {
            history.add(progress(Phase.TRAINING, step));
            history.add(progress(Phase.EVALUATING, step));
        }

        assertThat(history.evaluations())
                .hasSizeBetween(1_000, 2_048)
                .allMatch(progress -> progress.phase() == Phase.EVALUATING)
                .isSortedAccordingTo((one, other) -> Integer.compare(one.step(), other.step()));
        assertThat(history.evaluations().get(0).step()).isZero();
        assertThat(history.evaluations().get(history.evaluations().size() - 1).step()).isEqualTo(1_000_000);
    }

    private static Progress progress(Phase phase, int step) {
        return new Progress("r", Instant.EPOCH, phase, step, Optional.empty(), 1, 0, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty(),
                Optional.empty());
    }
}
