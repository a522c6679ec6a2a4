package dev.apprentice.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.trainer.TaughtRun;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointScheduleTest {

    private long nanos = Long.MAX_VALUE - 5; // such a clock may overflow

    @Test
    void isDueEverySoManySteps() {
        CheckpointSchedule schedule = schedule(Optional.of(4), Optional.empty());
        assertThat(schedule.isDue(3)).isFalse();
        assertThat(schedule.isDue(4)).isTrue();
        schedule.saved(4);
        assertThat(schedule.isDue(4)).isFalse();
        assertThat(schedule.isDue(8)).isTrue();
    }

    @Test
    void isDueWhenTheLastIsTooLongAgo() {
        CheckpointSchedule schedule = schedule(Optional.empty(), Optional.of(Duration.ofMinutes(10)));
        pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(schedule.isDue(7)).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(schedule.isDue(7)).isTrue();
        schedule.saved(7);
        assertThat(schedule.isDue(8)).isFalse();
    }

    @Test
    void isNotDueWhereNothingWasLearnedSince() {
        CheckpointSchedule schedule = schedule(Optional.of(1), Optional.of(Duration.ofSeconds(1)));
        pass(Duration.ofHours(1));
        assertThat(schedule.isDue(0)).isFalse();
    }

    @Test
    void whatComesFirstCounts() {
        CheckpointSchedule schedule = schedule(Optional.of(100), Optional.of(Duration.ofMinutes(1)));
        pass(Duration.ofMinutes(2));
        assertThat(schedule.isDue(3)).isTrue();
        schedule.saved(3);
        assertThat(schedule.isDue(100)).isTrue();
    }

    @Test
    void aStreamThatSaysNothingHasOneNowAndThen() {
        Optional<Duration> unlessGiven = Optional.of(Duration.ofMinutes(10));
        CheckpointSchedule silent = CheckpointSchedule.of(
                TaughtRun.training(1, Optional.empty()), unlessGiven, () -> nanos);
        CheckpointSchedule counting = CheckpointSchedule.of(
                TaughtRun.training(1, Optional.of(100)), unlessGiven, () -> nanos);
        CheckpointSchedule timing = CheckpointSchedule.of(
                TaughtRun.training(1, Map.of("checkpointAfter", "PT1H")), unlessGiven, () -> nanos);
        pass(Duration.ofMinutes(10));
        assertThat(silent.isDue(1)).isTrue();
        assertThat(counting.isDue(1)).isFalse();
        assertThat(timing.isDue(1)).isFalse();
    }

    @Test
    void theTimeGoesOnWhileTheRunIsPaused() {
        CheckpointSchedule schedule = schedule(Optional.empty(), Optional.of(Duration.ofMinutes(10)));
        for (int turn = 1; turn <= 2; turn++) {
            assertThat(schedule.isDueWhilePaused()).isFalse();
            pass(Duration.ofMinutes(5));
            schedule.goOnFrom(0);
            schedule.paused(turn);
        }
        assertThat(schedule.isDueWhilePaused()).isTrue();
        schedule.saved(2);
        assertThat(schedule.isDueWhilePaused()).isFalse();
    }

    private CheckpointSchedule schedule(Optional<Integer> every, Optional<Duration> after) {
        CheckpointSchedule schedule = new CheckpointSchedule(every, after, () -> nanos);
        schedule.saved(0);
        return schedule;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
