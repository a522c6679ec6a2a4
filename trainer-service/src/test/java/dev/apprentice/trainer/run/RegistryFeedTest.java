package dev.apprentice.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.model.ranks.Ranks;
import dev.apprentice.service.threads.WatchedThreads;
import dev.apprentice.trainer.TaughtRun;
import dev.apprentice.trainer.ranks.JobRanks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryFeedTest {

    private static final TopicPartition RUNS = new TopicPartition(Topics.RUNS.name(), 0);
    private static final TopicPartition REPORTS = new TopicPartition(Topics.REPORTS.name(), 0);
    private static final List<String> TOPICS =
            List.of(Topics.RUNS.name(), Topics.PROGRESS.name(), Topics.CHECKPOINTS.name(), Topics.REPORTS.name());

    private final Run run = TaughtRun.named("known", Path.of("/any"), TaughtRun.training(1, Optional.empty()));
    private final ScriptedConsumer consumer = withTopics(TOPICS, 0);
    private final ScriptedConsumer second = withTopics(TOPICS, 0);
    private final ScriptedClients clients = new ScriptedClients(consumer, second);
    private final WatchedThreads watched = new WatchedThreads();
    private final RunThreads threads = new RunThreads(watched, new JobRanks(Ranks.ALONE));
    private final RunRegistry registry = new RunRegistry(TestSettings.of(Map.of()));
    private final RegistryFeed feed =
            new RegistryFeed(clients, registry, TestSettings.of(Map.of("retry-every", "10ms")), threads);

    @AfterEach
    void stop() throws InterruptedException {
        feed.stop(new ShutdownEvent());
        assertThat(watched.trouble()).isEmpty();
    }

    @Test
    void isCompleteOnceAllIsReadThatWasThereAtTheStart() throws Exception {
        consumer.updateEndOffsets(Map.of(RUNS, 2L));
        feed.start(new StartupEvent());
        add(consumer, RUNS, 0, json(run));
        assertThat(registry.find(run.run()).orElseThrow().run()).isEqualTo(run);
        assertThat(feed.isComplete()).isFalse();
        add(consumer, RUNS, 1, json(run.cancelled(run.requestedAt())));
        assertThat(feed.isComplete()).isTrue();
        assertThat(registry.find(run.run()).orElseThrow().isCancelled()).isTrue();
    }

    @Test
    void readsOnAsRecordsCome() throws Exception {
        feed.start(new StartupEvent());
        consumer.awaitNextPoll();
        consumer.awaitNextPoll();
        assertThat(feed.isComplete()).isTrue();
        assertThat(registry.find(run.run())).isEmpty();
        add(consumer, RUNS, 0, json(run));
        assertThat(registry.find(run.run())).isPresent();
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersOnceAndTheNextIsUsed() throws Exception {
        feed.start(new StartupEvent());
        add(consumer, RUNS, 0, "{\"run\": \"half".getBytes(StandardCharsets.UTF_8));
        add(consumer, RUNS, 1, json(run));
        assertThat(clients.producer.history()).hasSize(1);
        ProducerRecord<String, byte[]> letter = clients.producer.history().get(0);
        assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTERS);
        assertThat(letter.value()).asString(StandardCharsets.UTF_8).isEqualTo("{\"run\": \"half");
        assertThat(letter.headers().lastHeader("dead-letter-offset").value()).asString(StandardCharsets.UTF_8).isEqualTo("0");
        assertThat(consumer.committed(Set.of(RUNS))).containsEntry(RUNS, new OffsetAndMetadata(1));
        assertThat(registry.find(run.run())).isPresent();
    }

    @Test
    void whatWasDeadLetteredBeforeAStartIsNotDeadLetteredAgain() throws Exception {
        consumer.committedBefore(RUNS, 1);
        feed.start(new StartupEvent());
        add(consumer, RUNS, 0, new byte[] {'{'});
        assertThat(clients.producer.history()).isEmpty();
        add(consumer, RUNS, 1, new byte[] {'{'});
        assertThat(clients.producer.history()).hasSize(1);
    }

    @Test
    void aReportThatCannotBeReadIsLeftToTheOneItBelongsTo() throws Exception {
        feed.start(new StartupEvent());
        add(consumer, REPORTS, 0, new byte[] {'{'});
        add(consumer, RUNS, 0, json(run));
        assertThat(clients.producer.history()).isEmpty();
        assertThat(registry.find(run.run())).isPresent();
    }

    @Test
    void aRunWhoseRecordIsClearedStaysKnown() throws Exception {
        feed.start(new StartupEvent());
        add(consumer, RUNS, 0, json(run));
        add(consumer, RUNS, 1, null);
        assertThat(registry.find(run.run())).isPresent();
        assertThat(clients.producer.history()).isEmpty();
    }

    @Test
    void afterTroubleItReadsOnWhereItStood() throws Exception {
        feed.start(new StartupEvent());
        add(consumer, RUNS, 0, json(run));
        consumer.inPoll(() -> consumer.setPollException(new TimeoutException("the broker is away")));
        second.inPoll(() -> {
            assertThat(second.position(RUNS)).isEqualTo(1);
            assertThat(second.position(REPORTS)).isZero();
        });
        add(second, RUNS, 1, json(run.cancelled(run.requestedAt())));
        assertThat(registry.find(run.run()).orElseThrow().isCancelled()).isTrue();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void aPartitionThatCameLaterIsReadToo() throws Exception {
        TopicPartition later = new TopicPartition(Topics.RUNS.name(), 1);
        feed.start(new StartupEvent());
        consumer.inPoll(() -> {
            consumer.updateBeginningOffsets(Map.of(later, 0L));
            consumer.updateEndOffsets(Map.of(later, 1L));
            consumer.updatePartitions(Topics.RUNS.name(), List.of(
                    new PartitionInfo(Topics.RUNS.name(), 0, null, null, null), new PartitionInfo(Topics.RUNS.name(), 1, null, null, null)));
        });
        add(consumer, later, 0, json(run));
        assertThat(registry.find(run.run())).isPresent();
        add(consumer, RUNS, 0, json(run.cancelled(run.requestedAt())));
        assertThat(registry.find(run.run()).orElseThrow().isCancelled()).isTrue();
    }

    @Test
    void topicsThatAreNotThereYetAreWaitedFor() {
        ScriptedConsumer early = withTopics(TOPICS.subList(0, 3), 0);
        RegistryFeed waiting = new RegistryFeed(
                new ScriptedClients(early), registry, TestSettings.of(Map.of("retry-every", "10ms")), new RunThreads());
        try {
            waiting.start(new StartupEvent());
            assertThat(waiting.isComplete()).isFalse();
            addTopic(early, Topics.REPORTS.name(), 0);
            await().until(waiting::isComplete);
        } finally {
            stopQuietly(waiting);
        }
    }

    private static void stopQuietly(RegistryFeed feed) {
        try {
            feed.stop(new ShutdownEvent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Adds a record, and returns when it is processed. */
    private static void add(ScriptedConsumer consumer, TopicPartition partition, long offset, byte[] value) throws Exception {
        consumer.inPoll(() ->
                consumer.addRecord(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "key", value)));
        consumer.awaitNextPoll();
    }

    private static byte[] json(Run run) throws JsonProcessingException {
        return Json.MAPPER.writeValueAsBytes(run);
    }

    /** Returns a consumer of topics with one partition each and this end offset. */
    private static ScriptedConsumer withTopics(List<String> topics, long end) {
        ScriptedConsumer consumer = new ScriptedConsumer();
        topics.forEach(topic -> addTopic(consumer, topic, end));
        return consumer;
    }

    private static void addTopic(ScriptedConsumer consumer, String topic, long end) {
        consumer.updateBeginningOffsets(Map.of(new TopicPartition(topic, 0), 0L));
        consumer.updateEndOffsets(Map.of(new TopicPartition(topic, 0), end));
        consumer.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, null, null, null)));
    }
}
