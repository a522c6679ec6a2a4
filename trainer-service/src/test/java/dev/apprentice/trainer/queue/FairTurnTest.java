package dev.apprentice.trainer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.trainer.TaughtRun;
import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.training.TrainingTurn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FairTurnTest {

    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final boolean LEARNING = false;
    private static final boolean WAITING = true;

    private final List<KnownRun> others = new ArrayList<>();
    private final Set<KnownRun> withNews = new HashSet<>();
    private long nanos;

    @Test
    void aRunThatWaitsGivesWayToOneThatHasSomethingToLearn() {
        TrainingTurn turn = turn();
        KnownRun other = other(dataset());
        pass(Duration.ofSeconds(1));
        assertThat(turn.isOver(WAITING)).isFalse();
        withNews.add(other);
        pass(Duration.ofSeconds(1));
        assertThat(turn.isOver(WAITING)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aRunThatLearnsGivesWayWhenItsTimeIsUp(KnownRun other) {
        TrainingTurn turn = turn();
        withNews.add(other(other));
        pass(LENGTH.minusSeconds(1));
        assertThat(turn.isOver(LEARNING)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(turn.isOver(LEARNING)).isTrue();
    }

    static Stream<KnownRun> kinds() {
        return Stream.of(dataset(), stream());
    }

    @Test
    void aRunThatIsAloneKeepsItsTurn() {
        TrainingTurn turn = turn();
        pass(Duration.ofDays(1));
        assertThat(turn.isOver(LEARNING)).isFalse();
        assertThat(turn.isOver(WAITING)).isFalse();
    }

    private TrainingTurn turn() {
        return new FairTurn(() -> others, withNews::contains, LENGTH, () -> nanos);
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
