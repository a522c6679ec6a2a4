package dev.apprentice.inference.answering;

import static dev.apprentice.inference.Patience.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.Sha256;
import dev.apprentice.contracts.event.Prompt;
import dev.apprentice.contracts.event.PromptBuilder;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.contracts.event.Turn;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.inference.GreedyReference;
import dev.apprentice.inference.TinyCheckpoint;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.testkit.S3Resource;
import dev.apprentice.testkit.S3Server;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(S3Resource.class)
class ExamTest {

    private static final int MAX_NEW_TOKENS = 24;

    @TempDir
    private static Path models;

    private KafkaTopics topics;

    private S3Server store;

    @Inject
    Exam exam;

    @Inject
    MeterRegistry metrics;

    @Test
    void answersEachPromptAsGreedyDecodingOfItAloneWould() {
        TinyCheckpoint checkpoint = TinyCheckpoint.pretrained(models.resolve("alone"));
        List<Prompt> prompts = IntStream.range(0, 10)
                .mapToObj(i -> checkpoint.prompt("alone", 3, i, 10, "Count: " + "one two ".repeat(i), MAX_NEW_TOKENS))
                .toList();

        List<Turn> turns = List.of(new Turn(Turn.USER, "Count."), new Turn(Turn.ASSISTANT, "One."));
        prompts.forEach(prompt -> topics.publish(Topics.PROMPTS, prompt.index() == 3
                ? PromptBuilder.builder(prompt).system("Be brief.").turns(turns).build() : prompt));
        Map<Integer, Response> responses = answers("alone", 10);
        assertThat(responses.get(3).turns()).isEqualTo(turns);
        assertThat(responses.get(3).system()).contains("Be brief.");
        assertThat(responses.get(4).turns()).isEmpty();

        try (GreedyReference reference = new GreedyReference(checkpoint.folder())) {
            for (Prompt prompt : prompts) {
                assertThat(responses.get(prompt.index()).response())
                        .isEqualTo(reference.answer(prompt.prompt(), MAX_NEW_TOKENS));
            }
            Response fifth = responses.get(4);
            assertThat(fifth.referenceTokens()).contains("output 4".length() + 1);
            assertThat(fifth.referenceLogProbability().orElseThrow())
                    .isCloseTo(reference.logProbability(prompts.get(4).prompt(), "output 4"), within(1e-3));
        }
        Response third = responses.get(2);
        assertThat(third.key()).isEqualTo("alone/3/example-2");
        assertThat(third.promptTokens()).isEqualTo("Count: one two one two ".length());
        assertThat(third.generatedTokens()).isBetween(1, MAX_NEW_TOKENS);
        assertThat(third.output()).isEqualTo("output 2");
        assertThat(third.of()).isEqualTo(10);
    }

    @Test
    void saysWhyAnAnswerEnded() {
        TinyCheckpoint checkpoint = TinyCheckpoint.pretrained(models.resolve("ended"));
        topics.publish(Topics.PROMPTS, checkpoint.prompt("ended", 0, 0, 3, "abc", 1));
        topics.publish(Topics.PROMPTS, checkpoint.prompt("ended", 0, 1, 3, "x".repeat(TinyCheckpoint.CONTEXT), 8));
        topics.publish(Topics.PROMPTS, checkpoint.prompt("ended", 0, 2, 3, "x".repeat(TinyCheckpoint.CONTEXT - 2), 8));

        Map<Integer, Response> responses = answers("ended", 3);

        assertThat(responses.get(0).finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(responses.get(0).generatedTokens()).isEqualTo(1);
        assertThat(responses.get(1).finishReason()).isEqualTo(FinishReason.PROMPT_TOO_LONG);
        assertThat(responses.get(1).response()).isEmpty();
        assertThat(responses.get(1).promptTokens()).isEqualTo(TinyCheckpoint.CONTEXT);
        assertThat(responses.get(1).generatedTokens()).isZero();
        assertThat(responses.get(2).generatedTokens()).isLessThanOrEqualTo(2);
    }

    @Test
    void theAnswerCarriesTheTraceOfItsPromptOn() {
        TinyCheckpoint checkpoint = TinyCheckpoint.pretrained(models.resolve("traced"));
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        topics.publish(
                Topics.PROMPTS,
                checkpoint.prompt("traced", 0, 0, 1, "abc", 1),
                Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));

        answers("traced", 1);

        assertThat(topics.records(Topics.RESPONSES.name()))
                .filteredOn(record -> record.key().equals("traced/0/example-0"))
                .extracting(record -> KafkaTopics.header(record, "traceparent"))
                .singleElement()
                .asString()
                .startsWith("00-" + trace + "-");
    }

    @Test
    void answersAPromptThatComesAgainTheSameWay() {
        TinyCheckpoint checkpoint = TinyCheckpoint.pretrained(models.resolve("again"));
        Prompt prompt = checkpoint.prompt("again", 0, 0, 1, "Say it twice.", MAX_NEW_TOKENS);
        topics.publish(Topics.PROMPTS, prompt);
        topics.publish(Topics.PROMPTS, prompt);

        List<Response> responses = topics.await(Topics.RESPONSES, 2, response -> response.run().equals("again"));

        assertThat(responses).extracting(Response::key).containsOnly("again/0/example-0");
        assertThat(responses).extracting(Response::response).containsOnly(responses.get(0).response());
    }

    @Test
    void putsAPoisonedPromptAsideAndGoesOn() {
        TinyCheckpoint checkpoint = TinyCheckpoint.pretrained(models.resolve("poison"));
        topics.publishText(Topics.PROMPTS.name(), "poisoned", "{\"run\": \"poison\"");
        topics.publishText(Topics.PROMPTS.name(), "withdrawn", null);
        topics.publish(
                Topics.PROMPTS,
                checkpoint.prompt("poison", 0, 0, 1, "Of another kind.", MAX_NEW_TOKENS),
                Map.of("ce_type", "dev.apprentice.prompt.v9"));
        topics.publish(Topics.PROMPTS, checkpoint.prompt("poison", 0, 0, 1, "Go on.", MAX_NEW_TOKENS));

        ConsumerRecord<String, byte[]> letter = topics.awaitDeadLetter("a record of apprentice.prompts cannot be used: not JSON at line 1, column 17");

        assertThat(letter.key()).isEqualTo("poisoned");
        assertThat(new String(letter.value())).isEqualTo("{\"run\": \"poison\"");
        assertThat(KafkaTopics.header(letter, "dead-letter-topic")).isEqualTo("apprentice.prompts");
        assertThat(topics.awaitDeadLetter("is of type 'dev.apprentice.prompt.v9'").key()).isEqualTo("poison/0/example-0");
        assertThat(answers("poison", 1)).hasSize(1);
    }

    @Test
    void waitsForACheckpointWhoseStorageComesBack() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.pretrained(models.resolve("back"));
        Path away = Files.move(checkpoint.folder(), models.resolve("away"));
        double before = retries();
        topics.publish(Topics.PROMPTS, checkpoint.prompt("back", 0, 0, 1, "Are you back?", MAX_NEW_TOKENS));
        await().until(() -> retries() > before);

        Files.move(away, checkpoint.folder());

        assertThat(answers("back", 1).get(0).finishReason()).isNotEqualTo(FinishReason.PROMPT_TOO_LONG);
    }

    /** The prompts of both checkpoints come in separate polls, and the first poll must not delay the second. */
    @Test
    void whileACheckpointIsAwayLaterPromptsOfOthersAreAnswered() throws IOException {
        TinyCheckpoint here = TinyCheckpoint.pretrained(models.resolve("here"));
        TinyCheckpoint gone = TinyCheckpoint.pretrained(models.resolve("gone"));
        Path away = Files.move(gone.folder(), models.resolve("gone-away"));

        sit(List.of(received(gone.prompt("gone", 3, 0, 2, "Where are you?", MAX_NEW_TOKENS))));
        sit(List.of(received(gone.prompt("gone", 3, 1, 2, "Anyone?", MAX_NEW_TOKENS))));
        sit(List.of(received(here.prompt("here", 0, 0, 1, "Here?", MAX_NEW_TOKENS))));

        assertThat(topics.read(Topics.RESPONSES)).filteredOn(response -> response.run().equals("here")).hasSize(1);
        Files.move(away, gone.folder());
        assertThat(answers("gone", 2).values()).allMatch(response -> response.unanswered().isEmpty());
        given().get("/runs/gone/waiting").then().statusCode(200).body("size()", equalTo(0));
        given().get("/q/health/ready").then().statusCode(200);
    }

    /** At first the object store is unavailable. Then it is back, but lacks the checkpoint's last file. */
    @Test
    void aCheckpointInAnObjectStoreIsReadOnceAllOfItIsThereAndUntilThenOthersAreAnswered() throws IOException {
        TinyCheckpoint here = TinyCheckpoint.pretrained(models.resolve("beside"));
        TinyCheckpoint stored = TinyCheckpoint.pretrained(models.resolve("stored"));
        String sums = upload(stored.folder(), "runs/stored/step-000003/");
        store.connection().goAway();

        sit(List.of(received(stored.at("s3://" + S3Server.BUCKET + "/runs/stored/step-000003")
                .prompt("stored", 3, 0, 1, "Are you stored?", MAX_NEW_TOKENS))));
        sit(List.of(received(here.prompt("beside", 0, 0, 1, "Here?", MAX_NEW_TOKENS))));
        assertThat(topics.read(Topics.RESPONSES)).filteredOn(response -> response.run().equals("beside")).hasSize(1);
        await().untilAsserted(() -> given().get("/q/health/well").then().statusCode(503).body(containsString("object store")));
        await().untilAsserted(() -> given().get("/runs/stored/waiting").then().body("[0].reason", containsString("cannot be reached")));
        given().get("/q/health/ready").then().statusCode(200);

        store.connection().comeBack();
        await().untilAsserted(() -> given().get("/runs/stored/waiting").then().body("[0].reason", containsString("is not complete")));
        store.put("runs/stored/step-000003/SHA256SUMS", sums.getBytes(StandardCharsets.UTF_8));

        try (GreedyReference reference = new GreedyReference(stored.folder())) {
            assertThat(answers("stored", 1).get(0).response()).isEqualTo(reference.answer("Are you stored?", MAX_NEW_TOKENS));
        }
    }

    /** Uploads the files, and returns the output of {@code sha256sum} for them. */
    private String upload(Path folder, String prefix) throws IOException {
        StringBuilder sums = new StringBuilder();
        for (File file : folder.toFile().listFiles()) {
            byte[] bytes = Files.readAllBytes(file.toPath());
            store.put(prefix + file.getName(), bytes);
            sums.append(Sha256.of(bytes).substring("sha256:".length())).append("  ").append(file.getName()).append('\n');
        }
        return sums.toString();
    }

    @Test
    void givesUpOnACheckpointThatStaysTruncatedAndHoldsUpNoOther() throws Exception {
        TinyCheckpoint whole = TinyCheckpoint.pretrained(models.resolve("whole"));
        TinyCheckpoint cut = TinyCheckpoint.pretrained(models.resolve("cut"));
        Path weights = cut.folder().resolve("model.safetensors");
        Files.write(weights, new byte[100]);

        sit(List.of(
                received(cut.prompt("cut", 0, 0, 1, "Can you read this?", MAX_NEW_TOKENS)),
                received(whole.prompt("whole", 0, 0, 1, "Can you read this?", MAX_NEW_TOKENS))));

        ConsumerRecord<String, byte[]> letter = topics.awaitDeadLetter(weights + " has the digest");
        assertThat(Topics.PROMPTS.read(letter.value()).run()).isEqualTo("cut");
        Response unanswered = topics.await(Topics.RESPONSES, 1, response -> response.run().equals("cut")).get(0);
        assertThat(unanswered.unanswered().orElseThrow()).startsWith(weights + " has the digest");
        assertThat(unanswered.response()).isEmpty();
        assertThat(unanswered.key()).isEqualTo("cut/0/example-0");
        ConsumerRecord<String, byte[]> answered = topics.records(Topics.RESPONSES.name()).stream()
                .filter(record -> "whole/0/example-0".equals(record.key()))
                .findFirst()
                .orElseThrow();
        assertThat(answered.timestamp()).isLessThan(letter.timestamp());
    }

    @Test
    void aTopicThatSomebodyDeletesIsMadeAgainAndWhatIsAskedThereIsAnswered() {
        TinyCheckpoint checkpoint = TinyCheckpoint.pretrained(models.resolve("deleted"));
        topics.publish(Topics.PROMPTS, checkpoint.prompt("deleted", 0, 0, 2, "Before.", 2));
        answers("deleted", 1);

        topics.delete(Topics.PROMPTS);

        await().pollInterval(Duration.ofSeconds(1)).until(() -> {
            topics.publish(Topics.PROMPTS, checkpoint.prompt("deleted", 0, 1, 2, "Behind.", 2)); // may still reach the old topic
            return topics.read(Topics.RESPONSES).stream().anyMatch(response -> response.key().equals("deleted/0/example-1"));
        });
    }

    @Test
    void aPromptThatCannotBeAnsweredTakesNoOtherOfItsBatchAlong() throws Exception {
        TinyCheckpoint checkpoint = TinyCheckpoint.pretrained(models.resolve("guilty"));
        letTokenizerLeaveOut(checkpoint, "§");

        sit(List.of(
                received(checkpoint.prompt("guilty", 0, 0, 3, "An easy one.", MAX_NEW_TOKENS)),
                received(checkpoint.prompt("guilty", 0, 1, 3, "§§§", MAX_NEW_TOKENS)),
                received(checkpoint.prompt("guilty", 0, 2, 3, "One more.", MAX_NEW_TOKENS))));

        assertThat(answers("guilty", 3).values()).filteredOn(response -> response.unanswered().isEmpty())
                .extracting(Response::index)
                .containsExactlyInAnyOrder(0, 2);
        ConsumerRecord<String, byte[]> letter = topics.awaitDeadLetter("prompt 0 is empty; it needs at least 1 token");
        assertThat(letter.key()).isEqualTo("guilty/0/example-1");
        assertThat(topics.records(Topics.DEAD_LETTERS))
                .extracting(ConsumerRecord::key)
                .filteredOn(key -> key != null && key.startsWith("guilty/"))
                .hasSize(1);
    }

    /** Makes the tokenizer drop a character. A text with no other character then has no tokens, and no model can continue it. */
    private static void letTokenizerLeaveOut(TinyCheckpoint checkpoint, String character) throws IOException {
        File file = checkpoint.folder().resolve("tokenizer.json").toFile();
        ObjectNode tokenizer = (ObjectNode) Json.MAPPER.readTree(file);
        tokenizer.putObject("normalizer").put("type", "Replace").put("content", "")
                .putObject("pattern").put("String", character);
        Json.MAPPER.writeValue(file, tokenizer);
    }

    private void sit(List<ReceivedPrompt> prompts) {
        exam.take(prompts, List.of()).toCompletableFuture().join();
    }

    private static ReceivedPrompt received(Prompt prompt) throws IOException {
        byte[] json = Json.MAPPER.writeValueAsBytes(prompt);
        return new ReceivedPrompt(
                new ConsumerRecord<>(Topics.PROMPTS.name(), 0, 0, prompt.key(), json), prompt, new Poll(1, () -> {}));
    }

    private double retries() {
        return metrics.get("apprentice.inference.exam.retries").counter().count();
    }

    /** Waits for this number of a run's responses, and returns them by their index in the exam. */
    private Map<Integer, Response> answers(String run, int count) {
        return topics.await(Topics.RESPONSES, count, response -> response.run().equals(run))
                .stream().collect(Collectors.toMap(Response::index, Function.identity()));
    }
}
