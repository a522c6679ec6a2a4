package dev.apprentice.dataset.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.topic.EventSerializer;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.service.kafka.KafkaClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EventPublisherTest {

    private static final List<Instruction> EVENTS = IntStream.range(0, 1_000)
            .mapToObj(i -> new Instruction("facts", "e" + i, "Sing.", "", "La."))
            .toList();

    /** Each that a producer cannot place keeps its caller for as long as it may block. */
    @Test
    void whereTheFirstIsNotTakenAtOnceNoOtherIsTried() {
        AtomicInteger tried = new AtomicInteger();
        EventPublisher publisher = new EventPublisher(new EventProducers(new KafkaClients(Map.of())) {
            @Override
            @SuppressWarnings("unchecked") // the publisher's events are of any type
            public <E extends Event> Producer<String, E> idempotent(String client) {
                return (Producer<String, E>) new MockProducer<>(true, null, new StringSerializer(), new EventSerializer<Event>()) {
                    @Override
                    public synchronized Future<RecordMetadata> send(ProducerRecord<String, Event> record) {
                        tried.incrementAndGet();
                        return CompletableFuture.failedFuture(new TimeoutException("not present in metadata after 60000 ms"));
                    }
                };
            }
        });

        assertThatThrownBy(() -> publisher.publish(Topics.INSTRUCTIONS, EVENTS))
                .isInstanceOf(KafkaException.class)
                .hasMessage("Kafka did not take what was sent to " + Topics.INSTRUCTIONS.name() + ": it does not answer");
        assertThat(tried).hasValue(1);
    }

    /** As {@code kafka.max.block.ms} has it, one record would wait for an hour. */
    @Test
    void aRequestHearsSoonThatABrokerKeepsSilent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            EventPublisher publisher = EventPublisher.forRequests(new EventProducers(new KafkaClients(Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + silent.getLocalPort(),
                    ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_600_000))));
            try {
                assertThatThrownBy(() -> publisher.publish(Topics.INSTRUCTIONS, EVENTS))
                        .isInstanceOf(KafkaException.class)
                        .hasMessageEndingWith("it does not answer");
            } finally {
                publisher.close();
            }
        }
    }
}
