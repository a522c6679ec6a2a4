package dev.apprentice.dataset.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Prompt;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.Runs;
import dev.apprentice.dataset.ServiceTest;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests of exams. The small fixture's exam is its examples 51 to 56. */
@QuarkusTest
class ExamTest extends ServiceTest {

    @Test
    void everyCheckpointIsAskedTheHeldOutQuestions() throws IOException {
        prepare();
        topics.publish(Topics.CHECKPOINTS, checkpoint(0, "a"));
        topics.publish(Topics.CHECKPOINTS, checkpoint(6, "b"));

        JsonNode examples = Json.MAPPER.readTree(Fixtures.bytes("examples.json"));
        List<Prompt> asked = awaitPrompts(6, 6);
        assertThat(asked).extracting(Prompt::index).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        assertThat(asked).allSatisfy(prompt -> {
            JsonNode example = examples.get(51 + prompt.index());
            assertThat(prompt.of()).isEqualTo(6);
            assertThat(prompt.instruction()).isEqualTo(example.get("instruction").asText());
            assertThat(prompt.input()).isEqualTo(example.get("input").asText());
            assertThat(prompt.output()).isEqualTo(example.get("output").asText());
            assertThat(prompt.prompt())
                    .contains("### Instruction:\n" + prompt.instruction() + "\n\n")
                    .endsWith("\n\n### Response:\n");
            assertThat(prompt.checkpoint()).isEqualTo("file:///checkpoints/6");
            assertThat(prompt.digest()).isEqualTo("sha256:b");
            assertThat(prompt.maxNewTokens()).isEqualTo(32);
            assertThat(prompt.judge()).hasValue("some-judge");
            assertThat(prompt.labels()).containsExactly("good", "bad");
        });
        assertThat(awaitPrompts(0, 6)).extracting(Prompt::example)
                .containsExactlyInAnyOrderElementsOf(asked.stream().map(Prompt::example).toList());
    }

    @Test
    void theExamBelongsToTheTraceOfItsCheckpoint() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        prepare();
        topics.publish(
                Topics.CHECKPOINTS, checkpoint(2, "t"), Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
        awaitPrompts(2, 6);
        assertThat(topics.records(Topics.PROMPTS.name()))
                .filteredOn(record -> record.key().startsWith(name + "/2/"))
                .hasSize(6)
                .allSatisfy(record ->
                        assertThat(KafkaTopics.header(record, "traceparent")).startsWith("00-" + trace + "-"));
    }

    @Test
    void examsOfTwoRunsOnOneBaseModelKeepTheirTraces() {
        String[] traces = {"4bf92f3577b34da6a3ce929d0e0e4737", "4bf92f3577b34da6a3ce929d0e0e4738"};
        String first = name;
        for (String trace : traces) { // announced before there is an exam, both with the base model's digest
            topics.publish(
                    Topics.CHECKPOINTS, checkpoint(0, "base"), Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
            name = first + "-twin";
        }
        for (String run : List.of(first, first + "-twin")) {
            name = run;
            prepare();
            awaitPrompts(0, 6);
            String trace = traces[run.equals(first) ? 0 : 1];
            assertThat(topics.records(Topics.PROMPTS.name()))
                    .filteredOn(record -> record.key().startsWith(run + "/0/"))
                    .hasSize(6)
                    .allSatisfy(record ->
                            assertThat(KafkaTopics.header(record, "traceparent")).startsWith("00-" + trace + "-"));
        }
    }

    @Test
    void aCheckpointThatComesBeforeTheExamWaitsForIt() {
        topics.publish(Topics.CHECKPOINTS, checkpoint(0, "a"));
        prepare();
        assertThat(awaitPrompts(0, 6)).hasSize(6);
    }

    @Test
    void aCheckpointAnnouncedAgainIsNotAskedAgain() {
        prepare();
        topics.publish(Topics.CHECKPOINTS, checkpoint(0, "a"));
        awaitPrompts(0, 6);
        topics.publish(Topics.CHECKPOINTS, checkpoint(0, "a"));
        topics.publish(Topics.CHECKPOINTS, checkpoint(1, "b"));
        awaitPrompts(1, 6);
        assertThat(awaitPrompts(0, 6)).hasSize(6);
    }

    @Test
    void aStepThatWasTrainedAnewIsAskedAgain() {
        prepare();
        topics.publish(Topics.CHECKPOINTS, checkpoint(3, "a"));
        awaitPrompts(3, 6);
        topics.publish(Topics.CHECKPOINTS, checkpoint(3, "b"));
        assertThat(awaitPrompts(3, 12)).filteredOn(prompt -> prompt.digest().equals("sha256:b")).hasSize(6);
    }

    @Test
    void aPoisonedCheckpointGoesToTheDeadLettersAndTheChannelGoesOn() {
        prepare();
        topics.publishText(Topics.CHECKPOINTS.name(), name, """
                {"run": "%s", "step": -1, "epoch": 0, "last": false, "tokensSeen": 0, "nextOffset": 0}""".formatted(name));
        topics.publishText(Topics.CHECKPOINTS.name(), name, null);
        topics.publish(Topics.CHECKPOINTS, checkpoint(0, "a"));
        assertThat(topics.awaitDeadLetter("field 'step' is -1; it must be at least 0").key()).isEqualTo(name);
        assertThat(awaitPrompts(0, 6)).hasSize(6);
    }

    private void prepare() {
        upload(name, Fixtures.bytes("examples.json"));
        topics.publish(Topics.RUNS, Runs.of(name, name, tinyModel()));
        topics.await(Topics.PROGRESS, 1, progress -> progress.run().equals(name) && progress.phase() == Phase.PREPARED);
    }

    private List<Prompt> awaitPrompts(int step, int count) {
        return topics.await(Topics.PROMPTS, count, prompt -> prompt.run().equals(name) && prompt.step() == step);
    }

    private Checkpoint checkpoint(int step, String digest) {
        return new Checkpoint(
                name,
                step,
                1,
                false,
                "file:///checkpoints/" + step,
                "sha256:" + digest,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                "alpaca",
                Instant.now());
    }
}
