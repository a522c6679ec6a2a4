package dev.apprentice.trainer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.trainer.run.HeardRuns;
import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.run.RunEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunQueueTest {

    private static final Instant NOW = Instant.parse("2026-01-31T09:45:00Z");

    private HeardRuns runs;
    private RunQueue queue;

    @BeforeEach
    void ownTwoOfThreePartitions(@TempDir Path home) {
        runs = new HeardRuns(home);
        runs.own(0, 1);
        queue = new RunQueue(runs.registry(), runs.ownership(), runs.outcomes());
    }

    @Test
    void runsThatHadNoTurnWaitInTheOrderTheyWereAskedFor() {
        runs.hear(run("late", 2), 0);
        runs.hear(run("early", 1), 1);
        assertThat(waiting()).containsExactly("early", "late");
    }

    @Test
    void aRunThatIsResumedWaitsBehindThoseAskedForBeforeThat() {
        runs.hear(run("resumed", 1).cancelled(NOW.plusSeconds(2)).resumed(NOW.plusSeconds(4)), 0);
        runs.hear(run("before", 3), 0);
        runs.hear(run("after", 5), 0);
        assertThat(waiting()).containsExactly("before", "resumed", "after");
    }

    @Test
    void aRunWhoseTurnIsOverIsBehindAllThatHadNoneAndThoseWhoseTurnIsLongerAgo() {
        KnownRun a = runs.hear(run("a", 1), 0);
        KnownRun b = runs.hear(run("b", 2), 0);
        runs.hear(run("c", 3), 0);
        queue.pause(a, 7);
        assertThat(waiting()).containsExactly("b", "c", "a");
        queue.pause(b, 9);
        assertThat(waiting()).containsExactly("c", "a", "b");
        queue.pause(a, 8);
        assertThat(waiting()).containsExactly("c", "b", "a");
        assertThat(queue.pausedAt(a)).isEqualTo(8);
        assertThat(queue.pausedAt(b)).isEqualTo(9);
    }

    @Test
    void aRunIsOneThreadsUntilItIsGivenBack() {
        KnownRun a = runs.hear(run("a", 1), 0);
        runs.hear(run("b", 2), 0);
        assertThat(queue.take(known -> true)).hasValue(a);
        assertThat(queue.take(known -> known.name().equals("a"))).isEmpty();
        assertThat(queue.takeIdle(known -> known.name().equals("a"))).isEmpty();
        assertThat(waiting()).containsExactly("b");
        queue.giveBack(a);
        assertThat(waiting()).containsExactly("a", "b");
    }

    @Test
    void anotherInstancesRunsAreNotInIt() {
        runs.hear(run("theirs", 1), 2);
        KnownRun mine = runs.hear(run("mine", 2), 1);
        assertThat(waiting()).containsExactly("mine");
        runs.own(2);
        assertThat(waiting()).containsExactly("theirs");
        assertThat(queue.isOwn(mine)).isFalse();
    }

    @Test
    void whoseRunHasGoneToAnotherInstanceForgetsWhereItStood() {
        KnownRun gone = runs.hear(run("gone", 1), 1);
        KnownRun kept = runs.hear(run("kept", 2), 0);
        queue.pause(gone, 7);
        queue.pause(kept, 9);
        runs.own(0);
        assertThat(queue.forgetOthers()).containsExactly("kept");
        runs.own(0, 1);
        assertThat(queue.pausedAt(gone)).as("another may have learned further since").isZero();
        assertThat(queue.pausedAt(kept)).isEqualTo(9);
    }

    @Test
    void aRunUnderWayIsNotForgottenThoughItWasTakenAway() {
        KnownRun a = runs.hear(run("a", 1), 0);
        queue.take(known -> true);
        runs.own();
        assertThat(queue.forgetOthers()).containsExactly("a");
        queue.giveBack(a);
        assertThat(queue.forgetOthers()).isEmpty();
    }

    @Test
    void aRunThatHasEndedIsOutOfItUntilItIsResumed() throws IOException {
        KnownRun a = runs.hear(run("a", 1), 0);
        queue.pause(a, 7);
        queue.take(known -> true);
        runs.outcomes().record(new RunEnd("a", Phase.FAILED, Optional.of("why"), NOW, 0));
        queue.giveBack(a);
        assertThat(queue.take(known -> true)).isEmpty();
        assertThat(queue.takeIdle(known -> true)).hasValue(a);
        queue.giveBack(a);
        assertThat(queue.pausedAt(a)).isZero();

        KnownRun resumed = runs.hear(a.run().resumed(NOW.plusSeconds(5)), 0);
        assertThat(queue.take(known -> true)).hasValue(resumed);
    }

    @Test
    void aCancelledRunWaitsForNoTurnButCanBeEnded() {
        KnownRun cancelled = runs.hear(run("a", 1).cancelled(NOW), 0);
        runs.hear(run("b", 2), 0);
        assertThat(waiting()).containsExactly("b");
        assertThat(queue.take(KnownRun::isCancelled)).hasValue(cancelled);
    }

    private List<String> waiting() {
        return queue.waiting().stream().map(KnownRun::name).toList();
    }

    private static Run run(String name, int second) {
        return new Run(
                name,
                DesiredState.RUN,
                NOW.plusSeconds(second),
                new RunSpecification(
                        new ModelSource("/models/any", null), DataSourceBuilder.builder().dataset("any").build(), null, null, null));
    }
}
