package dev.apprentice.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A model that gives no answer is asked as often as configured. */
class PatienceTest {

    private static final Duration SOON = Duration.ofMillis(1);

    private final AtomicInteger asked = new AtomicInteger();

    private static Patience patience(Duration timeout, Optional<Integer> tries) {
        return new Patience(
                "model 'm'", timeout, new Retries(SOON, Duration.ofMillis(2), 1_000, 1, tries, Optional.empty()), () -> {});
    }

    private String away() {
        asked.incrementAndGet();
        throw new ModelUnavailableException("model 'm' is away", null);
    }

    @Test
    void afterItsTriesTheFailureIsSaid() {
        Patience patience = patience(Duration.ofMinutes(1), Optional.of(3));

        assertThatThrownBy(() -> patience.await(this::away)).isInstanceOf(ModelUnavailableException.class).hasMessage("model 'm' is away");
        assertThat(asked).hasValue(3);
        assertThat(patience.trouble()).hasValueSatisfying(trouble -> assertThat(trouble.kind()).isEqualTo(Trouble.Kind.AWAY));
        assertThat(patience.<String>await(() -> "here")).isEqualTo("here");
        assertThat(patience.trouble()).isEmpty();
    }

    @Test
    void anAnswerThatNeverComesIsAFailureToo() {
        CountDownLatch never = new CountDownLatch(1);
        Patience patience = patience(Duration.ofMillis(5), Optional.of(2));

        assertThatThrownBy(() -> patience.await(() -> {
            asked.incrementAndGet();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "late";
        })).isInstanceOf(ModelUnavailableException.class).hasMessage("model 'm' did not answer within 5 ms");
        assertThat(asked).hasValue(2);
    }

    @Test
    void withoutANumberOfTriesItIsAskedUntilItAnswers() {
        assertThat(patience(Duration.ofMinutes(1), Optional.empty()).<String>await(() -> asked.get() < 20 ? away() : "here"))
                .isEqualTo("here");
        assertThat(asked).hasValue(20);
    }
}
