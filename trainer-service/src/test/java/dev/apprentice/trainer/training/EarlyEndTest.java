package dev.apprentice.trainer.training;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.trainer.TaughtRun;
import dev.apprentice.trainer.TrainerHome;
import dev.apprentice.trainer.run.Outcomes;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests runs that end before everything is learned, and what is kept of what they learned. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(TrainerHome.class)
class EarlyEndTest {

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
    void aCancelledRunKeepsWhatItLearnedAndResumedItEndsWithTheBytesOfAnUndisturbedOne() throws IOException {
        Run undisturbed = TaughtRun.named("undisturbed", model, TaughtRun.training(1, Optional.empty()));
        TaughtRun.publishBatches(topics, undisturbed);
        topics.publish(Topics.RUNS, undisturbed);
        assertThat(awaitEnd(undisturbed).phase()).isEqualTo(Phase.COMPLETED);

        Run run = TaughtRun.named("interrupted", model, TaughtRun.training(1, Optional.empty()));
        List<Batch> batches = TaughtRun.batches(run);
        TaughtRun.publish(topics, run, batches.subList(0, 4)); // validation and three steps
        topics.publish(Topics.RUNS, run);
        topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.step() == 3 && p.phase() == Phase.TRAINING);
        resume(run).statusCode(409).body("detail", containsString("has not ended"));
        when().delete("/runs/" + run.run()).then().statusCode(202);
        assertThat(awaitEnd(run).phase()).isEqualTo(Phase.CANCELLED);
        assertThat(checkpoints(run, 2)).extracting(Checkpoint::step).containsExactly(0, 3);
        awaitPhase(run, "CANCELLED");

        TaughtRun.publish(topics, run, batches.subList(4, batches.size()));
        resume(run).statusCode(202);
        awaitPhase(run, "COMPLETED");
        assertThat(checkpoints(run, 3)).extracting(Checkpoint::step).containsExactly(0, 3, 6);
        for (String file : List.of("model.safetensors", "trainer/optimizer.safetensors")) {
            assertThat(folder(run, 6).resolve(file)).hasSameBinaryContentAs(folder(undisturbed, 6).resolve(file));
        }
        resume(run).statusCode(409).body("detail", containsString("has completed; start a new run"));
        // a client that reads from the beginning sees one end only, the last
        assertThat(when().get("/runs/" + run.run() + "/progress").asString())
                .contains("\"phase\":\"COMPLETED\"", "\"resumed\":1").doesNotContain("\"phase\":\"CANCELLED\"");
    }

    @Test
    void aRunThatFailedIsResumedWithAllThatItHadLearnedAndInSmallerPasses() {
        Run run = TaughtRun.named("failed", model, TaughtRun.training(1, Optional.of(2)));
        List<Batch> batches = TaughtRun.batches(run);
        TaughtRun.publish(topics, run, batches.subList(0, 4));
        topics.publish(Topics.RUNS, run);
        checkpoints(run, 2);
        topics.publish(Topics.PROGRESS, ProgressBuilder.builder()
                .run(run.run())
                .at(Instant.now())
                .phase(Phase.FAILED)
                .step(0)
                .epoch(0)
                .epochs(1)
                .tokensSeen(0)
                .message("dataset-service cannot go on")
                .build());
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(outcomes.folder(run.run()).resolve("outcome.json")));
        awaitPhase(run, "FAILED");

        TaughtRun.publish(topics, run, batches.subList(4, batches.size()));
        resume(run, "?tokensPerBatch=0").statusCode(400).body(containsString("tokensPerBatch")).body(containsString("at least 1"));
        resume(run, "?tokensPerBatch=300&activationCheckpointing=true").statusCode(202);
        awaitPhase(run, "COMPLETED");
        when().get("/runs/" + run.run()).then()
                .body("specification.training.tokensPerBatch", equalTo(300))
                .body("specification.training.activationCheckpointing", equalTo(true))
                .body("specification.training.batchSize", equalTo(TaughtRun.BATCH_SIZE));
        assertThat(topics.read(Topics.CHECKPOINTS)).filteredOn(c -> c.run().equals(run.run()) && c.step() == 2).hasSize(1);
    }

    @Test
    void trainingEndsAfterTheMostStepsThatAreAskedFor() {
        Run run = started("limited", Map.of("maxSteps", 4, "schedule", "LINEAR", "evaluateEvery", 100));
        Progress end = awaitEnd(run);
        assertThat(end.phase()).isEqualTo(Phase.COMPLETED);
        assertThat(end.message()).contains("trained for 4 steps");
        assertThat(end.steps()).contains(4);
        List<Checkpoint> checkpoints = checkpoints(run, 2);
        assertThat(checkpoints).extracting(Checkpoint::step).containsExactly(0, 4);
        assertThat(checkpoints).extracting(Checkpoint::last).containsExactly(false, true);
        // a checkpoint has the losses of its own step, however rare evaluations are
        assertThat(checkpoints.get(1).validationLoss().orElseThrow())
                .isLessThan(checkpoints.get(0).validationLoss().orElseThrow());
        // falls linearly and would reach 0 at the fifth step: 5e-4 times 4/4, 3/4, 2/4, 1/4
        assertThat(topics.read(Topics.PROGRESS)).filteredOn(p -> p.run().equals(run.run()) && p.phase() == Phase.TRAINING)
                .extracting(p -> p.figures().learningRate().orElseThrow())
                .containsExactly(5e-4, 3.75e-4, 2.5e-4, 1.25e-4);
    }

    @Test
    void trainingEndsEarlyOnceCheckpointsBringNoLowerValidationLossAndTheBestIsNamed() {
        // such a small rate changes no weight, so no checkpoint is better than the base model
        Run run = started("hopeless", Map.of("patience", 2, "checkpointEvery", 1, "learningRate", 1e-30, "evaluateEvery", 100));
        Progress end = awaitEnd(run);
        List<Checkpoint> checkpoints = checkpoints(run, 3);
        assertThat(checkpoints).extracting(Checkpoint::step).containsExactly(0, 1, 2);
        assertThat(checkpoints).extracting(Checkpoint::last).containsExactly(false, false, true);
        assertThat(end.phase()).isEqualTo(Phase.COMPLETED);
        assertThat(end.message()).contains(String.format(Locale.ROOT, "trained for 2 steps and stopped early: no checkpoint since"
                + " step 0 had a lower validation loss than its %.3f", checkpoints.get(0).validationLoss().orElseThrow()));
        awaitPhase(run, "COMPLETED");
        when().get("/runs/" + run.run()).then().body("best", equalTo(0));
    }

    @Test
    void aRunThatGetsBetterIsNotStoppedByItsPatience() {
        Run run = started("hopeful", Map.of("patience", 1, "checkpointEvery", 2));
        assertThat(awaitEnd(run).message()).contains("trained for 6 steps");
        awaitPhase(run, "COMPLETED");
        when().get("/runs/" + run.run()).then().body("best", equalTo(6));
    }

    /** The exam of such a checkpoint needs the tokenizer of its base model. */
    @Test
    void aRunThatStartsFromAnAdaptersFolderWritesTheTokenizerOfItsBase() {
        Run adapter = started("adapter", Map.of("lora", Map.of("rank", 2)));
        awaitEnd(adapter);
        Path folder = folder(adapter, 6);
        assertThat(folder.resolve("tokenizer.json")).hasSameBinaryContentAs(model.resolve("tokenizer.json"));
        Path bare = model.resolve("adapter"); // like the folder that other tools write
        copy(folder, bare, "adapter_config.json", "adapter_model.safetensors");

        Run run = TaughtRun.named("from-adapter", bare, TaughtRun.training(1, Optional.empty()));
        TaughtRun.publishBatches(topics, run);
        topics.publish(Topics.RUNS, run);
        assertThat(awaitEnd(run).phase()).isEqualTo(Phase.COMPLETED);
        assertThat(folder(run, 6).resolve("tokenizer.json")).hasSameBinaryContentAs(model.resolve("tokenizer.json"));
        assertThat(ModelFolder.open(folder(run, 6)).base()).isEmpty();
    }

    @Test
    void aRunThatEndedTheServiceTwiceFailsWithTheReasonAndOthersGoOn() throws IOException {
        Run bomb = TaughtRun.named("bomb", model, TaughtRun.training(1, Optional.empty()));
        Path count = outcomes.folder(bomb.run()).resolve("checking.attempts");
        Files.createDirectories(count.getParent());
        Files.writeString(count, "2");
        topics.publish(Topics.RUNS, bomb);
        Progress end = awaitEnd(bomb);
        assertThat(end.phase()).isEqualTo(Phase.FAILED);
        assertThat(end.message().orElseThrow()).contains("2 times", "the run is not retried");
        assertThat(awaitEnd(started("unharmed", Map.of())).phase()).isEqualTo(Phase.COMPLETED);
    }

    private static void copy(Path from, Path to, String... names) {
        try {
            Files.createDirectories(to);
            for (String name : names) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Run started(String name, Map<String, Object> settings) {
        Run run = TaughtRun.named(name, model, TaughtRun.training(1, settings));
        TaughtRun.publishBatches(topics, run);
        topics.publish(Topics.RUNS, run);
        return run;
    }

    private static ValidatableResponse resume(Run run) {
        return resume(run, "");
    }

    private static ValidatableResponse resume(Run run, String query) {
        return given().contentType(ContentType.JSON).body("{}").post("/runs/" + run.run() + "/resume" + query).then();
    }

    private void awaitPhase(Run run, String phase) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(
                () -> when().get("/runs/" + run.run()).then().body("phase", equalTo(phase)));
    }

    private List<Checkpoint> checkpoints(Run run, int count) {
        return topics.await(Topics.CHECKPOINTS, count, c -> c.run().equals(run.run()));
    }

    private Path folder(Run run, int step) {
        return Path.of(URI.create(topics.await(Topics.CHECKPOINTS, 1, c -> c.run().equals(run.run()) && c.step() == step)
                .get(0).uri()));
    }

    private Progress awaitEnd(Run run) {
        return topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.phase().isFinal()).get(0);
    }
}
