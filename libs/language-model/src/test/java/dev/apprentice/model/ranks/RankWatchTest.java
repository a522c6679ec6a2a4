package dev.apprentice.model.ranks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankWatchTest {

    private final List<String> ended = new ArrayList<>();
    private long nanos;
    private final RankWatch watch = new RankWatch(Duration.ofSeconds(30), ended::add, () -> nanos);

    @Test
    void aRankThatDoesNotComeIsNamedWithTheStepAndTheTimeOnce() {
        watch.activity("step 7 of run 'first'");
        watch.waitingFor(() -> "rank 1 of 2 (on there)", () -> lookedAtAfter(30));
        assertThat(ended).isEmpty();
        watch.waitingFor(() -> "rank 1 of 2 (on there)", () -> lookedAtAfter(31));
        watch.waitingFor(() -> "rank 1 of 2 (on there)", () -> lookedAtAfter(31));
        assertThat(ended).containsExactly("waited 31 seconds at step 7 of run 'first' for rank 1 of 2 (on there)");
    }

    @Test
    void ranksThatAreSlowInEveryStepAreWaitedForAndSoIsOneThatHasNothingToDo() {
        for (int step = 0; step < 100; step++) {
            watch.waitingFor(() -> "rank 1", () -> lookedAtAfter(29));
        }
        lookedAtAfter(1_000_000); // not waiting for a rank
        assertThat(ended).isEmpty();
    }

    @Test
    void aFollowerLeavesItToRank0ToNameWhoIsMissing() {
        watch.waitingForRank0(() -> "rank 0", () -> lookedAtAfter(60));
        assertThat(ended).isEmpty();
        watch.waitingForRank0(() -> "rank 0", () -> lookedAtAfter(61));
        assertThat(ended).containsExactly("waited 61 seconds at the start of the job for rank 0");
    }

    private long lookedAtAfter(int seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
        watch.look();
        return nanos;
    }
}
