package dev.apprentice.inference.answering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.PromptBuilder;
import dev.apprentice.model.DeviceMemoryException;
import dev.apprentice.model.ModelException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PromptBatchTest {

    @Test
    void putsPromptsOfAboutTheSameLengthTogether() {
        List<PromptBatch> batches = PromptBatch.of(
                List.of(prompt("a", 10, "sixteen letters!"), prompt("a", 10, "two"), prompt("a", 10, "one"),
                        prompt("a", 10, "sixteen letters?")),
                2);

        assertThat(batches).extracting(PromptBatchTest::texts)
                .containsExactly(List.of("two", "one"), List.of("sixteen letters!", "sixteen letters?"));
    }

    @Test
    void keepsCheckpointsAndLimitsApart() {
        List<PromptBatch> batches = PromptBatch.of(
                List.of(prompt("b", 10, "1"), prompt("a", 10, "2"), prompt("b", 20, "3"), prompt("b", 10, "4")), 32);

        assertThat(batches).extracting(PromptBatchTest::texts)
                .containsExactly(List.of("1", "4"), List.of("2"), List.of("3"));
        assertThat(batches).extracting(batch -> batch.checkpoint().uri()).containsExactly("b", "a", "b");
        assertThat(batches).extracting(PromptBatch::maxNewTokens).containsExactly(10, 10, 20);
    }

    @Test
    void aFolderWhoseWeightsChangedIsAnotherCheckpoint() {
        List<PromptBatch> batches =
                PromptBatch.of(List.of(prompt("a", "sha256:1", 10, "1"), prompt("a", "sha256:2", 10, "2")), 32);

        assertThat(batches).extracting(PromptBatchTest::texts).containsExactly(List.of("1"), List.of("2"));
    }

    @Test
    void whatMemoryDoesNotHoldIsTriedInHalvesAndWhatFailsOtherwiseOneByOne() {
        PromptBatch batch = PromptBatch.of(
                        List.of(prompt("a", 10, "1"), prompt("a", 10, "2"), prompt("a", 10, "3"), prompt("a", 10, "4"), prompt("a", 10, "5")), 8)
                .get(0);

        assertThat(batch.apart(new DeviceMemoryException("memory is too small for 5 answers at once", null)))
                .extracting(PromptBatchTest::texts)
                .containsExactly(List.of("1", "2", "3"), List.of("4", "5"));
        assertThat(batch.apart(new ModelException("prompt 3 has a token id that is not in the vocabulary")))
                .extracting(PromptBatchTest::texts)
                .containsExactly(List.of("1"), List.of("2"), List.of("3"), List.of("4"), List.of("5"));
    }

    private static List<String> texts(PromptBatch batch) {
        return batch.questions().stream().map(question -> question.prompt().text()).toList();
    }

    private static ReceivedPrompt prompt(String checkpoint, int maxNewTokens, String text) {
        return prompt(checkpoint, "sha256:0", maxNewTokens, text);
    }

    private static ReceivedPrompt prompt(String checkpoint, String digest, int maxNewTokens, String text) {
        return new ReceivedPrompt(
                new ConsumerRecord<>("apprentice.prompts", 0, 0, "key", new byte[0]),
                PromptBuilder.builder()
                        .run("run")
                        .step(0)
                        .example("example")
                        .index(0)
                        .of(1)
                        .checkpoint(checkpoint)
                        .digest(digest)
                        .prompt(text)
                        .instruction("instruction")
                        .input("")
                        .output("output")
                        .maxNewTokens(maxNewTokens)
                        .build(),
                new Poll(1, () -> {}));
    }
}
