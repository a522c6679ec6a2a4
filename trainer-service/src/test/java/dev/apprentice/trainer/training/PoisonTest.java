package dev.apprentice.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.trainer.TaughtRun;
import dev.apprentice.trainer.TrainerHome;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that unusable records go to the dead letters, and that everything else goes on. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(TrainerHome.class)
class PoisonTest {

    KafkaTopics topics;

    @Inject
    KafkaClients clients;

    @TempDir
    Path model;

    @BeforeEach
    void layOutTheModel() {
        Fixtures.modelFolder("tiny-gpt2", model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"apprentice.runs", "apprentice.progress", "apprentice.checkpoints"})
    void whatCannotBeReadIsDeadLetteredAsItCame(String topic) {
        String poison = "{\"run\": \"poison on " + topic + "\"}";
        topics.publishText(topic, "poison", poison);
        ConsumerRecord<String, byte[]> letter =
                topics.awaitDeadLetter("a record of " + topic + " cannot be used: field ");
        assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo(poison);
        assertThat(KafkaTopics.header(letter, "dead-letter-topic")).isEqualTo(topic);

        Run healthy = run("after-poison");
        TaughtRun.publishBatches(topics, healthy);
        topics.publish(Topics.RUNS, healthy);
        assertThat(awaitEnd(healthy).phase()).isEqualTo(Phase.COMPLETED);
    }

    /**
     * The record is like one of a trainer whose clock is days ahead. By default, Kafka refuses records that are more than an hour
     * ahead of its clock.
     */
    @Test
    void aRecordOfAClockThatIsDaysAheadIsTaken() throws Exception {
        Progress progress = ProgressBuilder.builder()
                .run("ahead")
                .at(Instant.now())
                .phase(Phase.WAITING)
                .step(0)
                .epoch(0)
                .epochs(1)
                .tokensSeen(0)
                .build();
        byte[] value = Json.MAPPER.writeValueAsBytes(progress);
        Long ahead = System.currentTimeMillis() + Duration.ofDays(3).toMillis();
        try (Producer<String, byte[]> producer = clients.producer("days-ahead", Map.of())) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.PROGRESS.name(), 0, ahead, "ahead", value);
            assertThat(producer.send(record).get().timestamp()).isLessThan(ahead - Duration.ofDays(2).toMillis());
        }
    }

    @Test
    void aRecordOfATypeThatThisVersionDoesNotKnowIsDeadLettered() {
        Run fromTheFuture = run("future");
        topics.publish(Topics.RUNS, fromTheFuture, Map.of("ce_type", "dev.apprentice.run.v2"));
        ConsumerRecord<String, byte[]> letter = topics.awaitDeadLetter(
                "a record of apprentice.runs is of type 'dev.apprentice.run.v2', which this version does not know");
        assertThat(letter.key()).isEqualTo(fromTheFuture.run());
    }

    @Test
    void aPoisonedBatchEndsItsRunRatherThanBeingLeftOut() {
        Run run = run("poisoned");
        List<Batch> batches = TaughtRun.batches(run);
        TaughtRun.publish(topics, run, batches.subList(0, 3));
        topics.publishText(Topics.batches(run.run()).name(), "train/1/2", "{\"tokens\": ");
        TaughtRun.publish(topics, run, batches.subList(4, batches.size()));
        topics.publish(Topics.RUNS, run);

        Progress last = awaitEnd(run);
        assertThat(last.phase()).isEqualTo(Phase.FAILED);
        assertThat(last.message().orElseThrow())
                .startsWith("the batch at offset 3 of apprentice.batches." + run.run() + " cannot be used: ");
        ConsumerRecord<String, byte[]> letter = topics.awaitDeadLetter(run.run());
        assertThat(letter.value()).asString().isEqualTo("{\"tokens\": ");
        assertThat(KafkaTopics.header(letter, "dead-letter-offset")).isEqualTo("3");
    }

    @Test
    void aPoisonedBatchAsLargeAsItsTopicTakesEndsItsRunToo() {
        Run run = run("large-poison");
        TaughtRun.publish(topics, run, TaughtRun.batches(run).subList(0, 3));
        topics.publishLargest(Topics.batches(run.run()).name(), "train/1/2");
        topics.publish(Topics.RUNS, run);

        assertThat(awaitEnd(run).phase()).isEqualTo(Phase.FAILED);
        ConsumerRecord<String, byte[]> letter = topics.awaitDeadLetter(run.run());
        assertThat(letter.value()).hasSize(64 * 1024);
        assertThat(KafkaTopics.header(letter, "dead-letter-offset")).isEqualTo("3");
    }

    @Test
    void aMissingBatchEndsItsRun() {
        Run run = run("gap");
        List<Batch> batches = TaughtRun.batches(run);
        TaughtRun.publish(topics, run, batches.subList(0, 3));
        TaughtRun.publish(topics, run, batches.subList(4, batches.size()));
        topics.publish(Topics.RUNS, run);
        assertThat(awaitEnd(run).message().orElseThrow())
                .contains("offset 3", "it is batch train/1/3, which does not follow train/1/1");
    }

    @Test
    void aBatchThatComesTwiceEndsItsRun() {
        Run run = run("twice");
        List<Batch> batches = TaughtRun.batches(run);
        TaughtRun.publish(topics, run, batches.subList(0, 4));
        TaughtRun.publish(topics, run, batches.subList(3, batches.size()));
        topics.publish(Topics.RUNS, run);
        assertThat(awaitEnd(run).message().orElseThrow())
                .contains("offset 4", "it is batch train/1/2, which does not follow train/1/2");
    }

    private Run run(String name) {
        return TaughtRun.named(name, model, TaughtRun.training(1, Optional.empty()));
    }

    private Progress awaitEnd(Run run) {
        return topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.phase().isFinal()).get(0);
    }
}
