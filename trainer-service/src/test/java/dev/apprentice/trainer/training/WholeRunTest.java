package dev.apprentice.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.trainer.TaughtRun;
import dev.apprentice.trainer.TrainerHome;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(TrainerHome.class)
class WholeRunTest {

    private static final JsonNode EXPECTED = read("tiny-gpt2/expected.json").get("training");

    KafkaTopics topics;

    @TempDir
    Path folder;

    @Test
    void learnsWhatTheReferenceLearns() throws Exception {
        Run run = train(1, Optional.of(4));
        List<Progress> progress = awaitEnd(run);

        List<Progress> steps = of(progress, Phase.TRAINING);
        assertThat(steps).extracting(Progress::step).containsExactly(1, 2, 3, 4, 5, 6);
        for (int step = 0; step < steps.size(); step++) {
            assertThat(steps.get(step).figures().trainLoss().orElseThrow())
                    .isCloseTo(EXPECTED.get("losses").get(step).asDouble(), within(1e-4));
            assertThat(steps.get(step).figures().learningRate()).contains(5e-4);
            assertThat(steps.get(step).steps()).contains(6);
            assertThat(steps.get(step).figures().tokenAccuracy().orElseThrow()).isBetween(0.0, 1.0);
            assertThat(steps.get(step).figures().matmulShare().orElseThrow()).isPositive();
        }
        List<Progress> evaluations = of(progress, Phase.EVALUATING);
        assertThat(evaluations).extracting(Progress::step).containsExactly(0, 2, 4, 6);
        assertThat(evaluations.get(3).figures().validationLoss().orElseThrow())
                .isCloseTo(EXPECTED.get("heldout_loss_after").asDouble(), within(1e-4));
        assertThat(progress).extracting(Progress::phase).containsExactly(
                Phase.EVALUATING, Phase.CHECKPOINTING,
                Phase.TRAINING, Phase.TRAINING, Phase.EVALUATING,
                Phase.TRAINING, Phase.TRAINING, Phase.EVALUATING, Phase.CHECKPOINTING,
                Phase.TRAINING, Phase.TRAINING, Phase.EVALUATING, Phase.SAMPLING, Phase.CHECKPOINTING,
                Phase.COMPLETED);
        assertThat(of(progress, Phase.SAMPLING).get(0).sample().orElseThrow().prompt())
                .startsWith("Below is an instruction").endsWith("### Response:\n");
    }

    @Test
    void leavesCheckpointsThatOthersCanOpen() throws Exception {
        Run run = train(1, Optional.of(4));
        awaitEnd(run);

        List<Checkpoint> checkpoints = topics.await(Topics.CHECKPOINTS, 3, c -> c.run().equals(run.run()));
        assertThat(checkpoints).extracting(Checkpoint::step).containsExactly(0, 4, 6);
        assertThat(checkpoints).extracting(Checkpoint::last).containsExactly(false, false, true);
        assertThat(checkpoints).extracting(Checkpoint::nextOffset).containsExactly(1L, 5L, 7L);
        for (Checkpoint checkpoint : checkpoints) {
            Path saved = Path.of(URI.create(checkpoint.uri()));
            assertThat(names(saved)).containsExactlyInAnyOrder(
                    "model.safetensors", "config.json", "tokenizer.json", "generation_config.json",
                    "chat_template.jinja", "README.md", "trainer");
            byte[] weights = Files.readAllBytes(saved.resolve("model.safetensors"));
            assertThat(checkpoint.digest()).isEqualTo("sha256:"
                    + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights)));
        }
        int[] prompt = {72, 101, 108, 108, 111};
        try (LanguageModel base = LanguageModel.load(ModelFolder.open(folder));
                LanguageModel zero = open(checkpoints.get(0));
                LanguageModel tuned = open(checkpoints.get(2))) {
            assertThat(zero.logits(prompt)).isEqualTo(base.logits(prompt));
            assertThat(tuned.logits(prompt)).isNotEqualTo(base.logits(prompt));
        }
    }

    @Test
    void keepsTheOptimizersStateOfTheNewestTwoCheckpoints() throws Exception {
        Run run = train(1, Optional.of(4));
        awaitEnd(run);

        List<Checkpoint> checkpoints = topics.await(Topics.CHECKPOINTS, 3, c -> c.run().equals(run.run()));
        assertThat(checkpoints)
                .extracting(checkpoint -> names(Path.of(URI.create(checkpoint.uri())).resolve("trainer")))
                .containsExactly(
                        List.of("state.json"),
                        List.of("optimizer.safetensors", "state.json"),
                        List.of("optimizer.safetensors", "state.json"));
    }

    private Run train(int epochs, Optional<Integer> checkpointEvery) {
        Fixtures.modelFolder("tiny-gpt2", folder);
        Run run = TaughtRun.named("whole", folder, TaughtRun.training(epochs, checkpointEvery));
        TaughtRun.publishBatches(topics, run);
        topics.publish(Topics.RUNS, run);
        return run;
    }

    private List<Progress> awaitEnd(Run run) {
        topics.await(Topics.PROGRESS, 1, p -> p.run().equals(run.run()) && p.phase() == Phase.COMPLETED);
        return topics.read(Topics.PROGRESS).stream().filter(p -> p.run().equals(run.run())).toList();
    }

    private static List<Progress> of(List<Progress> progress, Phase phase) {
        return progress.stream().filter(p -> p.phase() == phase).toList();
    }

    private static LanguageModel open(Checkpoint checkpoint) {
        return LanguageModel.load(ModelFolder.open(Path.of(URI.create(checkpoint.uri()))));
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String fixture) {
        try {
            return Json.MAPPER.readTree(Fixtures.bytes(fixture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
