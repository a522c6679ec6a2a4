package dev.apprentice.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.ProgressBuilder;
import java.time.Instant;
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
        return ProgressBuilder.builder()
                .run("r")
                .at(Instant.EPOCH)
                .phase(phase)
                .step(step)
                .epoch(1)
                .epochs(0)
                .tokensSeen(0)
                .build();
    }
}
