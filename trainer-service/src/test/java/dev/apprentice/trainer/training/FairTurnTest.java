package dev.apprentice.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.Run;
import dev.apprentice.trainer.TaughtRun;
import dev.apprentice.trainer.run.KnownRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FairTurnTest {

    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final boolean LEARNING = false;
    private static final boolean WAITING = true;

    private final List<KnownRun> others = new ArrayList<>();
    private final Set<KnownRun> withNews = new HashSet<>();
    private long nanos;

    @Test
    void aRunThatLearnsIsNotInterruptedForOneThatEndsToo() {
        Turn turn = turnOf(dataset());
        withNews.add(other(dataset()));
        pass(Duration.ofHours(10));
        assertThat(turn.isOver(LEARNING)).isFalse();
    }

    @Test
    void aRunThatWaitsGivesWayToOneThatHasSomethingToLearn() {
        Turn turn = turnOf(dataset());
        KnownRun other = other(dataset());
        pass(Duration.ofSeconds(1));
        assertThat(turn.isOver(WAITING)).isFalse();
        withNews.add(other);
        pass(Duration.ofSeconds(1));
        assertThat(turn.isOver(WAITING)).isTrue();
    }

    @Test
    void aStreamThatLearnsGivesWayWhenItsTimeIsUp() {
        Turn turn = turnOf(stream());
        withNews.add(other(dataset()));
        pass(LENGTH.minusSeconds(1));
        assertThat(turn.isOver(LEARNING)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(turn.isOver(LEARNING)).isTrue();
    }

    @Test
    void aRunThatLearnsGivesWayToAStreamWhenItsTimeIsUp() {
        Turn turn = turnOf(dataset());
        withNews.add(other(stream()));
        pass(LENGTH);
        assertThat(turn.isOver(LEARNING)).isTrue();
    }

    @Test
    void aRunThatIsAloneKeepsItsTurn() {
        Turn turn = turnOf(stream());
        pass(Duration.ofDays(1));
        assertThat(turn.isOver(LEARNING)).isFalse();
        assertThat(turn.isOver(WAITING)).isFalse();
    }

    private Turn turnOf(KnownRun run) {
        return new FairTurn(run, () -> others, withNews::contains, LENGTH, () -> nanos);
    }

    private KnownRun other(KnownRun run) {
        others.add(run);
        return run;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static KnownRun dataset() {
        return known(TaughtRun.named("dataset", Path.of("/any"), TaughtRun.training(1, Optional.empty())));
    }

    private static KnownRun stream() {
        return known(TaughtRun.stream("stream", Path.of("/any"), TaughtRun.training(1, Optional.empty())));
    }

    private static KnownRun known(Run run) {
        return new KnownRun(run, 0, Optional.empty(), Optional.empty(), List.of(), new TreeSet<>());
    }
}
