package dev.apprentice.dataset.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private long nanos = Long.MAX_VALUE - 5; // a monotonic clock may overflow

    @Test
    void isOverSoLongAfterItBeganHoweverOftenItIsBegun() {
        Deadline deadline = new Deadline(Duration.ofSeconds(2), () -> nanos);
        deadline.begin();
        pass(Duration.ofSeconds(1));
        deadline.begin();
        pass(Duration.ofSeconds(1).minusNanos(1));
        assertThat(deadline.isOver()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(deadline.isOver()).isTrue();
    }

    @Test
    void isNotOverUnlessItWasBegunAndNoMoreOnceItIsEnded() {
        Deadline deadline = new Deadline(Duration.ofSeconds(2), () -> nanos);
        pass(Duration.ofHours(1));
        assertThat(deadline.isOver()).isFalse();
        deadline.begin();
        pass(Duration.ofHours(1));
        deadline.end();
        assertThat(deadline.isOver()).isFalse();
        deadline.begin();
        assertThat(deadline.isOver()).isFalse();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
