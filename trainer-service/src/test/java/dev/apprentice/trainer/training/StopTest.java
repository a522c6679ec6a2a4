package dev.apprentice.trainer.training;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.ModelSource.Start;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.trainer.TaughtRun;
import dev.apprentice.trainer.TrainerHome;
import dev.apprentice.trainer.run.Outcomes;
import dev.apprentice.trainer.run.RunEnd;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests runs that do not complete: they are cancelled, fail, or have ended before. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(TrainerHome.class)
class StopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    KafkaTopics topics;

    @Inject
    Outcomes outcomes;

    @TempDir
    Path model;

    @BeforeEach
    void layOutTheModel() {
        Fixtures.modelFolder("tiny-gpt2", model);
    }

    @Test
    void aCancelledRunStopsWithinAStep() {
        Run run = run("cancelled", TaughtRun.training(2, Optional.empty()));
        List<Batch> batches = TaughtRun.batches(run);
        TaughtRun.publish(topics, run, batches.subList(0, 4)); // validation and three steps
        topics.publish(Topics.RUNS, run);
        topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.step() == 3 && p.phase() == Phase.TRAINING);

        topics.publish(Topics.RUNS, run.cancelled(Instant.now()));
        Progress last = awaitEnd(run);
        TaughtRun.publish(topics, run, batches.subList(4, batches.size()));

        assertThat(last.phase()).isEqualTo(Phase.CANCELLED);
        assertThat(last.step()).isEqualTo(3);
        assertThat(last.message()).contains("cancelled after 3 steps");
        assertThat(outcomes.folder(run.run()).resolve("outcome.json")).exists();
    }

    @Test
    void aRunCancelledBeforeItsTurnEndsWithoutWaitingForIt() {
        Run before = run("holding", TaughtRun.training(1, Optional.empty()));
        Run queued = run("queued", TaughtRun.training(1, Optional.empty()));
        topics.publish(Topics.RUNS, before); // its batches do not come, so the trainer stays with this run
        topics.await(Topics.PROGRESS, 1, p -> p.run().equals(before.run()) && p.phase() == Phase.WAITING);
        topics.publish(Topics.RUNS, queued);
        topics.publish(Topics.RUNS, queued.cancelled(Instant.now()));
        assertThat(awaitEnd(queued).phase()).isEqualTo(Phase.CANCELLED);
        topics.publish(Topics.RUNS, before.cancelled(Instant.now()));
        assertThat(awaitEnd(before).phase()).isEqualTo(Phase.CANCELLED);
    }

    @Test
    void aRunThatCannotBePreparedFailsWithDatasetServicesReason() throws IOException {
        Run run = run("unprepared", TaughtRun.training(1, Optional.empty()));
        topics.publish(Topics.RUNS, run);
        topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.phase() == Phase.WAITING);
        topics.publish(Topics.PROGRESS, failedBy(run, "there is no dataset 'examples'"));

        Path outcome = outcomes.folder(run.run()).resolve("outcome.json");
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(outcome));
        assertThat(Files.readString(outcome)).contains("FAILED", "there is no dataset 'examples'");
        assertThat(finals(run)).hasSize(1);
    }

    @Test
    void aLossThatIsNoNumberEndsTheRunAndNamesBatchAndStep() {
        Training wild = TaughtRun.training(1, Map.of(
                "learningRate", 1, "lora", Map.of("rank", 1, "alpha", 1e9), "evaluateEvery", 100));
        Run run = run("diverged", wild);
        TaughtRun.publishBatches(topics, run);
        topics.publish(Topics.RUNS, run);
        Progress last = awaitEnd(run);
        assertThat(last.phase()).isEqualTo(Phase.FAILED);
        assertThat(last.message().orElseThrow())
                .contains("training has diverged", "step 2", "batch train/1/1 at offset 2", "the last checkpoint is kept");
        assertThat(outcomes.folder(run.run()).resolve("checkpoints/step-000000/trainer/optimizer.safetensors")).exists();
    }

    /** A run can be requested with a Kafka client, so the HTTP API cannot refuse it. */
    @Test
    void aRunOnTheTopicThatTheApiWouldRefuseFailsWithTheReason() {
        assertFails(run("wild", TaughtRun.training(1, Map.of(
                        "learningRate", 2, "beta2", 1, "maxGradientNorm", -1, "checkpointAfter", "PT9999999H",
                        "lora", Map.of("rank", 2, "alpha", 1e10, "targets", List.of(" "))))))
                .isEqualTo("the run cannot be trained as it is described: training.beta2 must be below 1; "
                        + "training.checkpointAfter must be at most a hundred years; "
                        + "training.learningRate must be at most 1; "
                        + "training.lora.alpha must be at most 1000000000; "
                        + "training.lora.targets must have entries of 1 to 1000 letters, none of them blank; "
                        + "training.maxGradientNorm must be above 0");
        assertFails(TaughtRun.stream("falling", model, TaughtRun.training(1, Map.of("schedule", "COSINE"))))
                .endsWith("training.schedule must be constant where data.source is stream: a falling learning rate needs an end");
        Run adapter = run("unnamed", TaughtRun.training(1, Map.of("lora", Map.of("rank", 2))));
        assertFails(described(adapter, new ModelSource(model.toString(), Start.RANDOM), adapter.specification().data()))
                .contains("training.lora.merge must be true if model.start is random");
        Run relative = run("relative", TaughtRun.training(1, Optional.empty()));
        assertFails(described(relative, new ModelSource("models/gpt2", null), relative.specification().data()))
                .contains("'models/gpt2' is a relative path");
        DataSource tooLong = DataSourceBuilder.builder().dataset("examples").maxLength(513).build();
        assertFails(described(run("long", TaughtRun.training(1, Optional.empty())), relative.specification().model(), tooLong))
                .contains("data.maxLength is 513", "512");
    }

    private AbstractStringAssert<?> assertFails(Run run) {
        topics.publish(Topics.RUNS, run);
        Progress last = awaitEnd(run);
        assertThat(last.phase()).isEqualTo(Phase.FAILED);
        return assertThat(last.message().orElseThrow());
    }

    private static Run described(Run run, ModelSource model, DataSource data) {
        RunSpecification asked = run.specification();
        return new Run(run.run(), run.desired(), run.requestedAt(), new RunSpecification(
                model, data, asked.training(), asked.generation(), asked.judge()));
    }

    @Test
    void aModelThatIsGoneEndsTheRunWithTheReason() throws IOException {
        Run run = run("modelless", TaughtRun.training(1, Optional.empty()));
        Files.delete(model.resolve("config.json"));
        TaughtRun.publishBatches(topics, run);
        topics.publish(Topics.RUNS, run);
        assertThat(awaitEnd(run).message().orElseThrow()).contains("config.json");
    }

    @Test
    void aModelFileThatIsCutShortEndsTheRunWithTheReason() throws IOException {
        Run cut = run("cut", TaughtRun.training(1, Optional.empty()));
        Path weights = model.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length / 2));
        TaughtRun.publishBatches(topics, cut);
        topics.publish(Topics.RUNS, cut);
        Progress last = awaitEnd(cut);
        assertThat(last.phase()).isEqualTo(Phase.FAILED);
        assertThat(last.message().orElseThrow()).contains(weights.toString());

        Files.write(weights, whole);
        Run next = run("whole-again", TaughtRun.training(1, Optional.empty()));
        TaughtRun.publishBatches(topics, next);
        topics.publish(Topics.RUNS, next);
        assertThat(awaitEnd(next).phase()).isEqualTo(Phase.COMPLETED);
    }

    @Test
    void aStorageThatCannotBeReachedIsWaitedFor() throws IOException {
        Run run = run("unreachable", TaughtRun.training(1, Optional.empty()));
        Path inTheWay = outcomes.folder(run.run());
        Files.createDirectories(inTheWay.getParent());
        Files.createFile(inTheWay); // nothing below it can be read, as on an unreachable storage
        TaughtRun.publishBatches(topics, run);
        topics.publish(Topics.RUNS, run);
        Progress waiting = topics.await(
                        Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.phase() == Phase.WAITING)
                .get(0);
        assertThat(waiting.message().orElseThrow())
                .startsWith("the storage of its checkpoints cannot be used now; trainer-service will retry: ")
                .contains(inTheWay.toString());

        Files.delete(inTheWay);
        assertThat(awaitEnd(run).phase()).isEqualTo(Phase.COMPLETED);
    }

    @Test
    void batchesThatAreDeletedEndTheRunWithTheReason() {
        Run run = run("deleted", TaughtRun.training(1, Optional.of(1)));
        TaughtRun.publish(topics, run, TaughtRun.batches(run).subList(0, 3));
        topics.publish(Topics.RUNS, run);
        topics.await(Topics.CHECKPOINTS, 1, c -> c.run().equals(run.run()) && c.step() == 2);
        topics.delete(Topics.batches(run.run()));

        Progress last = awaitEnd(run);
        assertThat(last.phase()).isEqualTo(Phase.FAILED);
        assertThat(last.message().orElseThrow()).isEqualTo("the topic apprentice.batches." + run.run()
                + " was deleted before its batches were learned; start a new run to have them published again");
        assertThat(outcomes.folder(run.run()).resolve("checkpoints/step-000002/trainer/optimizer.safetensors")).exists();
    }

    @Test
    void aDiskThatDoesNotTakeACheckpointIsAskedAgainUntilItDoes() throws IOException {
        Run run = run("diskless", TaughtRun.training(1, Optional.empty()));
        topics.publish(Topics.RUNS, run);
        topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.phase() == Phase.WAITING);
        Path inTheWay = outcomes.folder(run.run()).resolve("checkpoints");
        Files.createDirectories(inTheWay.getParent());
        Files.createFile(inTheWay); // no folder can be created here: this acts like a full disk, even for root
        TaughtRun.publishBatches(topics, run);
        Progress trouble = topics.await(
                        Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.phase() == Phase.CHECKPOINTING)
                .get(0);
        assertThat(trouble.message().orElseThrow())
                .startsWith("the checkpoint of step 0 cannot be written and will be tried again: ");

        Files.delete(inTheWay);
        assertThat(awaitEnd(run).phase()).isEqualTo(Phase.COMPLETED);
    }

    @Test
    void aRunThatHasEndedIsNotTrainedAgain() throws IOException {
        Run ended = run("ended", TaughtRun.training(1, Optional.empty()));
        outcomes.record(new RunEnd(ended.run(), Phase.COMPLETED, Optional.empty(), Instant.now(), 0));
        Run next = run("next", TaughtRun.training(1, Optional.empty()));
        TaughtRun.publishBatches(topics, ended);
        TaughtRun.publishBatches(topics, next);
        topics.publish(Topics.RUNS, ended);
        topics.publish(Topics.RUNS, next);
        awaitEnd(next); // the older run would have been trained first
        assertThat(topics.read(Topics.PROGRESS)).noneMatch(p -> p.run().equals(ended.run()));
    }

    @Test
    void knowsHowARunEnded() {
        Run run = run("known", TaughtRun.training(1, Optional.empty()));
        TaughtRun.publishBatches(topics, run);
        topics.publish(Topics.RUNS, run);
        awaitEnd(run);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            String status = when().get("/runs/" + run.run()).asString();
            assertThat(status).contains("\"phase\":\"COMPLETED\"", "\"step\":6", "step-000006");
        });
    }

    private Run run(String name, Training training) {
        return TaughtRun.named(name, model, training);
    }

    private Progress awaitEnd(Run run) {
        return topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.phase().isFinal()).get(0);
    }

    private List<Progress> finals(Run run) {
        return topics.read(Topics.PROGRESS).stream()
                .filter(p -> p.run().equals(run.run()) && p.phase().isFinal())
                .toList();
    }

    private static Progress failedBy(Run run, String reason) {
        return ProgressBuilder.builder()
                .run(run.run())
                .at(Instant.now())
                .phase(Phase.FAILED)
                .step(0)
                .epoch(0)
                .epochs(1)
                .tokensSeen(0)
                .message(reason)
                .build();
    }
}
