package dev.apprentice.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Overlong;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.topic.ConsumerGroups;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the packaged service, one instance or one of two, with SIGKILL while it publishes. Each test leaves a running service to
 * the next.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledServiceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int EPOCHS = 30;
    private static final int TAUGHT_BETWEEN_KILLS = 50;
    private static final int SHARED_RUNS = 10;
    private static final int SHARED_EPOCHS = 10;
    private static final int BATCHES_PER_EPOCH = 6;
    private static final String PUBLISHED = "apprentice_dataset_batches_published_total";

    @TempDir
    static Path folder;

    private KafkaBroker broker;
    private KafkaTopics topics;
    private ServiceProcess service;

    @BeforeAll
    void start() throws IOException {
        broker = KafkaBroker.start(folder.resolve("broker"), 0);
        topics = new KafkaTopics(broker.bootstrapServers());
        service = startService();
    }

    @AfterAll
    void stop() throws InterruptedException {
        service.kill();
        topics.close();
        broker.close();
    }

    @Test
    void noBatchIsMissingAndNoneIsThereTwice() throws Exception {
        service.upload("songs", Fixtures.bytes("examples.json"));
        topics.publish(Topics.RUNS, run("killed", "songs", EPOCHS));
        topics.publish(Topics.RUNS, stream("streamed"));
        int taught = 0;
        for (int published : new int[] {10, 70}) {
            for (int i = 0; i < TAUGHT_BETWEEN_KILLS; i++, taught++) {
                topics.publish(Topics.INSTRUCTIONS, new Instruction("streamed", "n" + taught, "Say " + taught + ".", "", "Yes."));
            }
            await().atMost(PATIENCE).until(() -> topics.read(Topics.batches("killed")).size() >= published);
            service.kill();
            service = startService();
        }
        awaitPrepared("killed");
        topics.publish(Topics.RUNS, run("undisturbed", "songs", EPOCHS));
        awaitPrepared("undisturbed");

        List<Batch> undisturbed = topics.read(Topics.batches("undisturbed"));
        assertThat(undisturbed).hasSize(1 + EPOCHS * BATCHES_PER_EPOCH);
        assertThat(contents("killed")).isEqualTo(contents("undisturbed"));
        assertEveryExampleIsInOneBatch("streamed", taught);
    }

    @Test
    void tenRunsOfTwoInstancesAreWhatOneInstancePublishesThoughOneOfThemIsKilled() throws Exception {
        List<String> names = IntStream.range(0, SHARED_RUNS).mapToObj(i -> "shared-" + i).toList();
        ServiceProcess other = startService();
        try {
            service.upload("shared-songs", Fixtures.bytes("examples.json"));
            assertThat(other.get("/datasets/shared-songs").statusCode()).isEqualTo(200);
            // otherwise the first could finish all runs before the other owns any
            await().atMost(PATIENCE).until(() -> topics.readers(ConsumerGroups.DATASET_SERVICE, Topics.RUNS) == 2);
            double before = service.counter(PUBLISHED);
            topics.publish(Topics.RUNS, stream("shared-stream"));
            for (String name : names) {
                topics.publish(Topics.RUNS, run(name, "shared-songs", SHARED_EPOCHS));
            }
            await().atMost(PATIENCE).until(() -> service.counter(PUBLISHED) > before && other.counter(PUBLISHED) > 0);
        } finally {
            other.kill();
        }
        int taught = 0;
        for (; taught < TAUGHT_BETWEEN_KILLS; taught++) {
            topics.publish(Topics.INSTRUCTIONS, new Instruction("shared-stream", "n" + taught, "Say " + taught + ".", "", "Yes."));
        }
        names.forEach(this::awaitPrepared);
        topics.publish(Topics.RUNS, run("alone", "shared-songs", SHARED_EPOCHS));
        awaitPrepared("alone");

        List<String> alone = contents("alone");
        assertThat(alone).hasSize(1 + SHARED_EPOCHS * BATCHES_PER_EPOCH);
        assertThat(names).allSatisfy(name -> assertThat(contents(name)).isEqualTo(alone));
        assertEveryExampleIsInOneBatch("shared-stream", taught);
    }

    private void assertEveryExampleIsInOneBatch(String run, int examples) {
        await().atMost(PATIENCE).until(() -> topics.read(Topics.batches(run)).stream().mapToInt(Batch::rows).sum() >= examples);
        List<Batch> batches = topics.read(Topics.batches(run));
        assertThat(batches).extracting(Batch::index)
                .containsExactlyElementsOf(IntStream.range(0, batches.size()).boxed().toList());
        assertThat(batches.stream().flatMap(batch -> batch.examples().orElseThrow().stream()))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, examples).mapToObj(i -> "n" + i).toList());
    }

    private List<String> contents(String run) {
        return topics.read(Topics.batches(run)).stream()
                .map(batch -> batch.key() + Arrays.toString(batch.tokens()) + Arrays.toString(batch.rowLengths()))
                .toList();
    }

    private void awaitPrepared(String run) {
        topics.await(Topics.PROGRESS, 1, progress -> progress.run().equals(run) && progress.phase() == Phase.PREPARED);
    }

    private Run run(String name, String dataset, int epochs) {
        Path model = Fixtures.modelFolder("tiny-gpt2", folder.resolve("model"));
        return Runs.of(
                name,
                Runs.data(dataset, Optional.empty(), Overlong.TERMINATE),
                model.toString(),
                Runs.training(epochs, 8, true, false));
    }

    private Run stream(String name) {
        DataSource data = DataSourceBuilder.builder()
                .dataset(name)
                .promptStyle("alpaca")
                .split(new Split(Split.Policy.HASH, 1, 0))
                .overlong(Overlong.TERMINATE)
                .source(Source.STREAM)
                .linger(Duration.ofMillis(200))
                .build();
        Path model = Fixtures.modelFolder("tiny-gpt2", folder.resolve("model"));
        return Runs.of(name, data, model.toString(), Runs.training(1, 4, true, false));
    }

    private ServiceProcess startService() throws IOException {
        return ServiceProcess.start(folder.resolve("home"), broker.bootstrapServers());
    }
}
