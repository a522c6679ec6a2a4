package dev.apprentice.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.testkit.OpenMpi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Tests the packaged trainer as a job of two ranks, and of three at the end. Each test leaves a running job to the next. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RanksIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration A_MOMENT = Duration.ofSeconds(15);

    @TempDir
    static Path folder;

    private Path home;
    private Path model;
    private KafkaBroker broker;
    private KafkaTopics topics;
    private Optional<TrainerProcess> trainer = Optional.empty();
    private Run undisturbed;

    @BeforeAll
    void startTheBrokerAndTwoRanks() throws IOException {
        assumeTrue(OpenMpi.isThere(), OpenMpi.MISSING);
        home = Files.createDirectories(folder.resolve("home"));
        model = Fixtures.modelFolder("tiny-gpt2", folder.resolve("model"));
        broker = KafkaBroker.start(folder.resolve("broker"), 0);
        topics = new KafkaTopics(broker.bootstrapServers());
        start(2);
        trainer().awaitLog("are this instance's");
    }

    @AfterAll
    void stopEverything() {
        trainer.ifPresent(TrainerProcess::close);
        if (topics != null) {
            topics.close();
            broker.close();
        }
    }

    @Test
    @Order(1)
    void twoRanksTrainARunAsOneWouldAndPublishItOnce() throws IOException {
        undisturbed = run("undisturbed");
        TaughtRun.publishBatches(topics, undisturbed);
        topics.publish(Topics.RUNS, undisturbed);
        await(undisturbed, Phase.COMPLETED);
        assertThat(trainer().hasLogged("(" + undisturbed.run() + ") following rank 0, from the base model")).isTrue();
        assertThat(progress(undisturbed)).filteredOn(p -> p.phase() == Phase.TRAINING).extracting(Progress::step)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        JsonNode expected = Json.MAPPER.readTree(Fixtures.bytes("tiny-gpt2/expected.json")).get("training").get("losses");
        for (int step = 1; step <= TaughtRun.STEPS_PER_EPOCH; step++) {
            assertThat(losses(undisturbed).get(step)).isCloseTo(expected.get(step - 1).asDouble(), within(1e-4));
        }
    }

    @Test
    @Order(2)
    void aStreamIsLearnedByTwoRanksAsItComesWithLora() {
        Run stream = TaughtRun.stream("stream", model, TaughtRun.training(1, Map.of("lora", Map.of("rank", 4, "alpha", 8))));
        List<Batch> batches = TaughtRun.batches(stream);
        TaughtRun.publish(topics, stream, batches.subList(0, 2)); // validation and one step
        topics.publish(Topics.RUNS, stream);
        awaitStep(stream, 1);
        TaughtRun.publish(topics, stream, batches.subList(2, 4));
        awaitStep(stream, 3);
        topics.publish(Topics.RUNS, stream.cancelled(Instant.now()));
        await(stream, Phase.CANCELLED);
    }

    /** The rank is killed while it waits for batches, while it learns, and while it loads the model. */
    @Test
    @Order(3)
    void aRankKilledAtThreeMomentsEndsTheJobWhichStartedAgainComesToTheBytesOfAnUndisturbedRun() throws IOException {
        Run killed = run("killed");
        List<Batch> batches = TaughtRun.batches(killed);
        TaughtRun.publish(topics, killed, batches.subList(0, 6));
        topics.publish(Topics.RUNS, killed);
        awaitStep(killed, 5);
        trainer().killRank(1);
        start(2);
        awaitStepAgain(killed, 5);
        TaughtRun.publish(topics, killed, batches.subList(6, batches.size()));
        awaitStep(killed, 6);
        trainer().killRank(0);
        start(2);
        trainer().awaitLog("(" + killed.run() + ") following rank 0, from the checkpoint of step");
        trainer().killRank(1);
        start(2, A_MOMENT);
        await(killed, Phase.COMPLETED);
        assertThat(losses(killed)).isEqualTo(losses(undisturbed)).hasSize(12);
        assertThat(weights(killed)).isEqualTo(weights(undisturbed)).isNotEmpty();
    }

    @Test
    @Order(4)
    void aRankThatHangsEndsTheJobWhichNamesItAndThreeRanksGoOnToTheLossesOfAnUndisturbedRun() throws Exception {
        Run hanging = run("hanging");
        List<Batch> batches = TaughtRun.batches(hanging);
        TaughtRun.publish(topics, hanging, batches.subList(0, 6));
        topics.publish(Topics.RUNS, hanging);
        awaitStep(hanging, 5);
        trainer().freezeRank(1);
        TaughtRun.publish(topics, hanging, batches.subList(6, batches.size()));
        assertThat(trainer().awaitEnd()).isNotZero();
        assertThat(trainer().hasLogged(" seconds at step 6 of run '" + hanging.run() + "' for rank 1 of 2 (on ")).isTrue();
        assertThat(trainer().hasLogged("longer than apprentice.trainer.rank-timeout (" + A_MOMENT + ") allows")).isTrue();
        start(3);
        await(hanging, Phase.COMPLETED);
        Map<Integer, Double> expected = losses(undisturbed);
        assertThat(losses(hanging)).hasSameSizeAs(expected).allSatisfy(
                (step, loss) -> assertThat(loss).as("step %d", step).isCloseTo(expected.get(step), within(1e-6)));
    }

    /** The job ends in the middle of a run that waits for batches. */
    @Test
    @Order(5)
    void rank0EndsTheJobInPeace() {
        Run waiting = run("waiting");
        TaughtRun.publish(topics, waiting, TaughtRun.batches(waiting).subList(0, 3));
        topics.publish(Topics.RUNS, waiting);
        awaitStep(waiting, 2);
        trainer().shutDownRank0();
        assertThat(trainer().hasLogged("without calling")).as("mpirun's words for a rank that left the job").isFalse();
    }

    private TrainerProcess trainer() {
        return trainer.orElseThrow();
    }

    private void start(int ranks) throws IOException {
        start(ranks, PATIENCE);
    }

    private void start(int ranks, Duration rankTimeout) throws IOException {
        trainer.ifPresent(TrainerProcess::close);
        trainer = Optional.of(TrainerProcess.start(broker.bootstrapServers(), home, "job", ranks, rankTimeout));
    }

    private Run run(String name) {
        return TaughtRun.named(name, model, TaughtRun.training(2, Optional.of(4)));
    }

    private void awaitStep(Run run, int step) {
        topics.await(Topics.PROGRESS, 1, p -> isStep(p, run, step));
    }

    private void awaitStepAgain(Run run, int step) {
        topics.await(Topics.PROGRESS, 2, p -> isStep(p, run, step));
    }

    private static boolean isStep(Progress progress, Run run, int step) {
        return progress.run().equals(run.run()) && progress.phase() == Phase.TRAINING && progress.step() == step;
    }

    private void await(Run run, Phase phase) {
        topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.phase() == phase);
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

    /** Returns the tensors of every checkpoint: its weights, and its optimizer state if it is kept. */
    private Map<String, String> weights(Run run) throws IOException {
        Path checkpoints = home.resolve("runs").resolve(run.run()).resolve("checkpoints");
        Map<String, String> weights = new TreeMap<>();
        try (Stream<Path> files = Files.walk(checkpoints)) {
            for (Path file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(".safetensors"))::iterator) {
                weights.put(checkpoints.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return weights;
    }
}
