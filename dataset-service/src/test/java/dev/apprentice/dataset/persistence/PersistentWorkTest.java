package dev.apprentice.dataset.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PersistentWorkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PersistentWork work = new PersistentWork("test", 1);

    @AfterEach
    void close() {
        work.close();
    }

    @Test
    void isTriedAgainWhileItsFailuresPass() {
        AtomicInteger attempts = new AtomicInteger();
        work.run("write", () -> {
            switch (attempts.incrementAndGet()) {
                case 1 -> throw new IOException("no space left on device");
                case 2 -> throw new KafkaException("in an error state", new TimeoutException("the broker is away"));
                default -> {}
            }
        }).await().atMost(PATIENCE);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void isGivenUpWhereTryingAgainDoesNotHelp() {
        AtomicInteger attempts = new AtomicInteger();
        Uni<Void> failing = work.run("count", () -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("a mistake");
        });
        assertThatThrownBy(() -> failing.await().atMost(PATIENCE)).hasMessage("a mistake");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void whatIsUnderWayAtTheEndNeverCompletes() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger completions = new AtomicInteger();
        work.run("wait", () -> {
            begun.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }).subscribe().with(done -> completions.incrementAndGet(), failure -> completions.incrementAndGet());
        begun.await();
        work.close();
        assertThat(completions).hasValue(0);
    }

    @AfterEach
    void forgetInterruption() {
        Thread.interrupted(); // the constructor of Kafka's InterruptException interrupts its thread
    }

    @Test
    void tellsLastingFailuresByWhateverCausedThem() {
        assertThat(WorkFailure.passes(new KafkaException("send", new RecordTooLargeException("40 MB")))).isFalse();
        assertThat(WorkFailure.passes(new KafkaException("send", new ProducerFencedException("newer")))).isFalse();
        assertThat(WorkFailure.passes(new KafkaException("no resolvable bootstrap urls"))).isTrue();
        assertThat(WorkFailure.passes(new InterruptException("the service ends"))).isTrue();
        assertThat(WorkFailure.of(new KafkaException("send", new ProducerFencedException("newer")))).isEqualTo(WorkFailure.FENCED);
        assertThat(WorkFailure.of(new KafkaException("send"))).isEqualTo(WorkFailure.BROKER);
    }
}
