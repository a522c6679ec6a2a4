package dev.apprentice.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class ChannelReleaseTest {

    private static final TopicPartition PARTITION = new TopicPartition("apprentice.runs", 0);

    @Test
    void aCommitThatNoBrokerAnswersDoesNotHoldUpTheEnd() throws Exception {
        Consumer<byte[], byte[]> consumer = withoutBroker();
        ChannelRelease release = new ChannelRelease(() -> List.of(consumer), Duration.ZERO);
        CompletableFuture<Throwable> broken = CompletableFuture.supplyAsync(() -> commit(consumer));

        release.stop(new ShutdownEvent());

        assertThat(broken.get(1, TimeUnit.MINUTES)).isInstanceOf(WakeupException.class);
        release.ended();
        consumer.close();
    }

    @Test
    void noConsumerIsDisturbedWhereChannelsEndInTime() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        ChannelRelease release = new ChannelRelease(
                () -> {
                    asked.incrementAndGet();
                    return List.of();
                },
                Duration.ofDays(1));

        release.stop(new ShutdownEvent());
        release.ended();
        release.awaitEnd();

        assertThat(asked).hasValue(0);
    }

    private static Throwable commit(Consumer<byte[], byte[]> consumer) {
        try {
            consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(1)));
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Returns a consumer like a channel's, which waits for an answer without limit. */
    private static Consumer<byte[], byte[]> withoutBroker() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1",
                        ConsumerConfig.GROUP_ID_CONFIG, "judge-service",
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
