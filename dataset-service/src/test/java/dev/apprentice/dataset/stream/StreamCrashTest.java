package dev.apprentice.dataset.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Overlong;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.topic.ConsumerGroups;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.Runs;
import dev.apprentice.dataset.ServiceTest;
import dev.apprentice.dataset.batches.PreparationException;
import dev.apprentice.dataset.datasets.catalog.Catalog;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.persistence.DyingProducers;
import dev.apprentice.dataset.persistence.EventProducers;
import dev.apprentice.dataset.persistence.WorkFailure;
import dev.apprentice.dataset.prompts.Exams;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.dataset.run.RunFolders;
import dev.apprentice.service.files.DurableFiles;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.kafka.TopicProvisioning;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Crashes a stream at each of its calls to Kafka, and resumes it. */
@QuarkusTest
class StreamCrashTest extends ServiceTest {

    private static final int HELD = 8;
    private static final int COMING = 13;

    @Inject
    KafkaClients clients;

    @Inject
    EventProducers producers;

    @Inject
    TopicProvisioning provisioning;

    @Inject
    Catalog catalog;

    @Inject
    ExampleSize size;

    @Inject
    CatalogPosition catalogPosition;

    @Inject
    Exams exams;

    @Inject
    DatasetMetrics metrics;

    @Inject
    StreamCounts counts;

    @Inject
    DatasetSettings settings;

    @Inject
    Tracer tracer;

    @Inject
    RunFolders runs;

    @Test
    void whereverItDiesEveryExampleIsInExactlyOneBatch() throws Exception {
        upload(name, examples(HELD));
        Run run = run(3, Duration.ofMillis(20));
        RunFolder folder = begin(run);
        teach(COMING);

        List<String> deaths = new ArrayList<>();
        for (int call = 1; ; call++) {
            if (!dies(folder, run, call, false, deaths) | !dies(folder, run, call, true, deaths)) {
                break;
            }
        }
        assertThat(deaths).anyMatch(death -> death.contains("before initTransactions"))
                .anyMatch(death -> death.contains("after send"))
                .anyMatch(death -> death.contains("before commitTransaction"))
                .anyMatch(death -> death.contains("after commitTransaction"));

        List<Batch> batches = topics.read(Topics.batches(name));
        assertThat(batches).extracting(Batch::index)
                .containsExactlyElementsOf(IntStream.range(0, batches.size()).boxed().toList());
        assertThat(news(batches)).hasSize(HELD + COMING).doesNotHaveDuplicates();
        assertThat(news(batches)).containsAll(IntStream.range(0, COMING).mapToObj(i -> "n" + i).toList());
        try (StreamStore store = StreamStore.open(folder.stream().resolve("state"))) {
            assertThat(committed()).isEqualTo(StreamBeginning.position(store));
        }
    }

    @Test
    void aStreamThatAnotherHasTakenOverPublishesNothingMore() throws Exception {
        Run run = run(2, Duration.ofHours(1));
        RunFolder folder = begin(run);
        CompletableFuture<Void> zombie = CompletableFuture.runAsync(() -> publish(producers, folder, run));
        teach(2);
        awaitNews(2);
        try (Producer<String, Batch> successor = producers.transactional(name)) {
            successor.initTransactions();
            topics.publish(Topics.INSTRUCTIONS, new Instruction(name, "x", "Say x.", "", "x"));
            topics.publish(Topics.INSTRUCTIONS, new Instruction(name, "y", "Say y.", "", "y"));
            assertThatThrownBy(zombie::join)
                    .isInstanceOf(CompletionException.class)
                    .matches(failure -> WorkFailure.of(failure) == WorkFailure.FENCED, "is fenced");
        }
        assertThat(news(topics.read(Topics.batches(name)))).hasSize(2);
    }

    @Test
    void aRunWhoseStateIsGoneIsNotBegunASecondTime() throws Exception {
        Run run = run(2, Duration.ofHours(1));
        RunFolder folder = begin(run);
        teach(2);
        CompletableFuture<Void> life = CompletableFuture.runAsync(() -> publish(producers, folder, run));
        awaitNews(2);
        folder.accept(run.cancelled(Instant.now()));
        life.join();
        DurableFiles.deleteTree(folder.stream().resolve("state"));
        folder.accept(Runs.again(run));
        assertThatThrownBy(() -> publish(producers, folder, run))
                .hasRootCauseInstanceOf(PreparationException.class)
                .rootCause()
                .hasMessage("topic apprentice.batches." + name + " holds 1 batches, but what dataset-service keeps of the run"
                        + " is of a time when there were 0; was one of the two deleted, or restored from a copy? Start a run"
                        + " of another name");
    }

    @Test
    void aPositionThatIsNoLongerThereIsTheBeginning() throws Exception {
        teach(3);
        try (InstructionFeed feed = new InstructionFeed(clients, name, name, size)) {
            Map<Integer, Long> beyond = feed.ends().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue() + 1_000));
            feed.goTo(beyond);
            List<Arrival> arrivals = new ArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                arrivals.addAll(feed.poll(Duration.ofMillis(100)));
                return arrivals.size() == 3;
            });
            assertThat(arrivals).extracting(arrival -> arrival.change().id()).containsExactlyInAnyOrder("n0", "n1", "n2");
        }
    }

    @Test
    void anUnknownTypeIsNotLearnedAndGoesToTheDeadLetters() {
        topics.publish(
                Topics.INSTRUCTIONS,
                new Instruction(name, "later", "Say later.", "", "later"),
                Map.of("ce_type", "dev.apprentice.instruction.v9"));
        assertThat(topics.awaitDeadLetter("is of type 'dev.apprentice.instruction.v9'").key()).isEqualTo(name + "/later");
    }

    /** Runs the stream up to a crash. @return whether it crashed; otherwise it learned everything and was cancelled */
    private boolean dies(RunFolder folder, Run run, int lastCall, boolean afterIt, List<String> deaths) throws Exception {
        CompletableFuture<Void> life =
                CompletableFuture.runAsync(() -> publish(new DyingProducers(clients, lastCall, afterIt), folder, run));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() ->
                life.isDone() || news(topics.read(Topics.batches(name))).size() == HELD + COMING);
        folder.accept(run.cancelled(Instant.now()));
        try {
            life.join();
            return false;
        } catch (CompletionException e) {
            Throwable cause = e.getCause().getCause() == null ? e.getCause() : e.getCause().getCause();
            assertThat(cause).isInstanceOf(DyingProducers.Death.class);
            deaths.add(cause.getMessage());
            return true;
        } finally {
            folder.accept(run);
        }
    }

    private void publish(EventProducers through, RunFolder folder, Run run) {
        Streams streams = new Streams(
                clients, through, provisioning, catalog, catalogPosition, exams, metrics, counts, settings, tracer,
                size);
        try {
            streams.publish(folder, run, false, (phase, message) -> {});
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private RunFolder begin(Run run) throws Exception {
        RunFolder folder = runs.of(name);
        folder.accept(run);
        new Streams(clients, producers, provisioning, catalog, catalogPosition, exams, metrics, counts, settings, tracer,
                size)
                .bind(folder, run);
        return folder;
    }

    private Run run(int batchSize, Duration linger) {
        DataSource data = DataSourceBuilder.builder()
                .dataset(name)
                .promptStyle("alpaca")
                .split(new Split(Split.Policy.HASH, 1, 0))
                .overlong(Overlong.TERMINATE)
                .source(Source.STREAM)
                .linger(linger)
                .replay(0.25)
                .build();
        return Runs.of(name, data, tinyModel().toString(), Runs.training(1, batchSize, true, false));
    }

    private void teach(int count) {
        for (int i = 0; i < count; i++) {
            topics.publish(Topics.INSTRUCTIONS, new Instruction(name, "n" + i, "Say n" + i + ".", "", "n" + i));
        }
    }

    private void awaitNews(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> news(topics.read(Topics.batches(name))).size() == count);
    }

    private static List<String> news(List<Batch> batches) {
        return batches.stream()
                .flatMap(batch -> batch.examples().orElseThrow().stream().limit(batch.rows() - batch.replayed().orElseThrow()))
                .toList();
    }

    private Map<Integer, Long> committed() {
        try (var consumer = clients.consumer("test", Map.of("group.id", ConsumerGroups.stream(name)))) {
            return consumer.committed(consumer.partitionsFor(Topics.INSTRUCTIONS.name()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .collect(Collectors.toSet()))
                    .entrySet().stream()
                    .collect(Collectors.toMap(one -> one.getKey().partition(), one -> one.getValue().offset()));
        }
    }
}
