package dev.apprentice.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.topic.ConsumerGroups;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests real trainers that are killed, frozen or run side by side. Each test leaves two running trainers to the next, because
 * starting them takes most of the time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrainerProcessIT {

    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    static Path folder;

    private Path home;
    private Path model;
    private KafkaBroker broker;
    private KafkaTopics topics;
    private final Map<String, TrainerProcess> trainers = new TreeMap<>();
    private Run undisturbed;

    @BeforeAll
    void startTheBrokerAndTwoTrainers() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        model = Fixtures.modelFolder("tiny-gpt2", folder.resolve("model"));
        broker = KafkaBroker.start(folder.resolve("broker"), 0);
        topics = new KafkaTopics(broker.bootstrapServers());
        trainers.put("one", start("one"));
        trainers.put("two", start("two"));
        trainers.values().forEach(trainer -> trainer.awaitLog("are this instance's"));
    }

    @AfterAll
    void stopEverything() {
        trainers.values().forEach(TrainerProcess::close);
        topics.close();
        broker.close();
    }

    @Test
    @Order(1)
    void twoTrainersShareFiveRunsAndTrainNoneTwice() {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Run run = runInPartition("shared", i % PARTITIONS);
            TaughtRun.publishBatches(topics, run);
            topics.publish(Topics.RUNS, run);
            runs.add(run);
        }
        runs.forEach(this::awaitEnd);
        assertThat(trainers.values()).allMatch(trainer -> runs.stream()
                .anyMatch(run -> trainer.hasLogged("(" + run.run() + ") COMPLETED")));
        for (Run run : runs) {
            assertThat(progress(run)).filteredOn(p -> p.phase() == Phase.TRAINING).extracting(Progress::step)
                    .as("steps of %s", run.run())
                    .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        }
        undisturbed = runs.get(0);
    }

    @Test
    @Order(2)
    void frozenWhileAnotherTakesItsRunItPublishesNothingMore() throws Exception {
        Run run = runInPartition("frozen", 0); // a returning trainer is assigned the last partition, so this run is in the first
        publishUpToStep(run, 7);
        topics.publish(Topics.RUNS, run);
        awaitStep(run, 7);
        TrainerProcess frozen = trainers.get(ownerOf(run));
        TrainerProcess other = trainers.get(ownerOf(run).equals("one") ? "two" : "one");
        frozen.freeze();
        other.awaitLog("(" + run.run() + ") going on from the checkpoint of step 6");
        frozen.thaw();
        frozen.awaitLog("has lost the runs of partitions");
        await().atMost(PATIENCE).until(() -> topics.readers(ConsumerGroups.TRAINER_SERVICE, Topics.RUNS) == 2);
        publishFromStep(run, 8);
        awaitEnd(run);
        assertThat(other.hasLogged("another trainer has taken")).isFalse();
        assertThat(progress(run)).filteredOn(p -> p.phase() == Phase.TRAINING).extracting(Progress::step)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 11, 12);
        assertThat(progress(run)).filteredOn(p -> p.phase().isFinal()).hasSize(1);
    }

    @Test
    @Order(3)
    void killedInTheMiddleWithTheBrokerRestartedItEndsWithTheBytesOfAnUndisturbedRun() throws Exception {
        Run killed = run("killed");
        publishUpToStep(killed, 7);
        topics.publish(Topics.RUNS, killed);
        awaitStep(killed, 7);
        String owner = ownerOf(killed);
        trainers.get(owner).kill();
        trainers.put(owner, start(owner));
        publishStep(killed, 8);
        awaitStep(killed, 8);
        restartTheBroker();
        publishFromStep(killed, 9);
        awaitEnd(killed);
        assertThat(losses(killed)).isEqualTo(losses(undisturbed)).hasSize(12); // checked first, because its failure names the step
        assertThat(tensors(killed)).hasSize(7).isEqualTo(tensors(undisturbed));
    }

    private TrainerProcess start(String instance) throws IOException {
        return TrainerProcess.start(broker.bootstrapServers(), home, instance);
    }

    /** Restarts the broker at its old address. */
    private void restartTheBroker() throws IOException {
        String address = broker.bootstrapServers();
        broker.close();
        broker = KafkaBroker.start(folder.resolve("broker"), Integer.parseInt(address.substring(address.indexOf(':') + 1)));
    }

    private String ownerOf(Run run) {
        return trainers.entrySet().stream()
                .filter(trainer -> trainer.getValue().hasLogged("(" + run.run() + ") checkpoint of step 0"))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private Run run(String name) {
        return TaughtRun.named(name, model, TaughtRun.training(2, Optional.of(4)));
    }

    private Run runInPartition(String name, int partition) {
        return Stream.generate(() -> run(name))
                .filter(run -> partition == BuiltInPartitioner.partitionForKey(
                        run.key().getBytes(StandardCharsets.UTF_8), PARTITIONS))
                .findFirst()
                .orElseThrow();
    }

    private void publishUpToStep(Run run, int step) {
        TaughtRun.publish(topics, run, TaughtRun.batches(run).subList(0, step + 1)); // the validation batch comes before the first step
    }

    private void publishStep(Run run, int step) {
        TaughtRun.publish(topics, run, TaughtRun.batches(run).subList(step, step + 1));
    }

    private void publishFromStep(Run run, int step) {
        List<Batch> batches = TaughtRun.batches(run);
        TaughtRun.publish(topics, run, batches.subList(step, batches.size()));
    }

    private void awaitStep(Run run, int step) {
        topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.phase() == Phase.TRAINING && p.step() == step);
    }

    private void awaitEnd(Run run) {
        topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.phase() == Phase.COMPLETED);
    }

    private List<Progress> progress(Run run) {
        return topics.read(Topics.PROGRESS).stream().filter(p -> p.run().equals(run.run())).toList();
    }

    private Map<Integer, Double> losses(Run run) {
        Map<Integer, Double> losses = new TreeMap<>();
        progress(run).stream()
                .filter(p -> p.phase() == Phase.TRAINING)
                .forEach(p -> losses.put(p.step(), p.figures().trainLoss().orElseThrow()));
        return losses;
    }

    /** Returns the tensors of every checkpoint: its weights, and the optimizer state of the last two. */
    private Map<String, String> tensors(Run run) throws IOException {
        Path checkpoints = home.resolve("runs").resolve(run.run()).resolve("checkpoints");
        Map<String, String> tensors = new TreeMap<>();
        try (Stream<Path> files = Files.walk(checkpoints)) {
            for (Path file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(".safetensors"))::iterator) {
                tensors.put(
                        checkpoints.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return tensors;
    }
}
