package dev.apprentice.inference.api;

import static dev.apprentice.inference.Patience.await;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.inference.GreedyReference;
import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.inference.TinyCheckpoint;
import dev.apprentice.inference.models.ModelThread;
import dev.apprentice.prompts.PromptStyle;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.testkit.LargeBody;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class AskTest {

    private static final int MAX_NEW_TOKENS = 8;

    @TempDir
    private static Path models;

    private KafkaTopics topics;

    @Inject
    ModelThread modelThread;

    @Inject
    InferenceSettings settings;

    @Inject
    MeterRegistry metrics;

    @Test
    void answersAsTheCheckpointWasTaught() {
        TinyCheckpoint checkpoint = announce(TinyCheckpoint.pretrained(models.resolve("taught")), "taught", 4);
        String expected;
        try (GreedyReference reference = new GreedyReference(checkpoint.folder())) {
            expected = reference.answer(PromptStyle.ALPACA.question("Name the opposite.", "hot"), MAX_NEW_TOKENS);
        }

        ask(Map.of("instruction", "Name the opposite.", "input", "hot", "run", "taught", "maxNewTokens", MAX_NEW_TOKENS))
                .statusCode(200)
                .body("run", equalTo("taught"))
                .body("step", is(4))
                .body("response", equalTo(expected))
                .body("promptTokens", is(PromptStyle.ALPACA.question("Name the opposite.", "hot").length()))
                .body("finishReason", equalTo("LENGTH"))
                .body("generatedTokens", is(MAX_NEW_TOKENS));
    }

    @Test
    void answersWithTheStepThatIsNamed() {
        announce(TinyCheckpoint.random(models.resolve("steps-0"), 1), "steps", 0);
        announce(TinyCheckpoint.random(models.resolve("steps-9"), 2), "steps", 9);

        ask(Map.of("instruction", "Hello.", "run", "steps", "step", 0, "maxNewTokens", 1)).body("step", is(0));
        ask(Map.of("instruction", "Hello.", "run", "steps", "maxNewTokens", 1)).body("step", is(9));
        ask(Map.of("instruction", "Hello.", "run", "steps", "step", 7))
                .statusCode(404)
                .body("detail", equalTo("run 'steps' has no checkpoint at step 7; it has checkpoints at steps [0, 9]"));
    }

    @Test
    void swapsToTheNewestCheckpointWithoutFailingAQuestion() throws Exception {
        announce(TinyCheckpoint.random(models.resolve("swap-1"), 3), "swap", 1);
        await().until(() -> newestAnswers().equals("swap/1"));
        List<Integer> statuses = new ArrayList<>();
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                statuses.add(ask(Map.of("instruction", "Hello.", "maxNewTokens", 1)).extract().statusCode());
            }
        });

        announce(TinyCheckpoint.random(models.resolve("swap-2"), 4), "swap", 2);
        await().until(() -> newestAnswers().equals("swap/2"));
        enough.set(true);
        asking.get();

        assertThat(statuses).isNotEmpty().containsOnly(200);
    }

    @Test
    void goesOnServingTheOneBeforeWhileTheNewestCannotBeRead() throws IOException {
        announce(TinyCheckpoint.random(models.resolve("before"), 5), "before", 1);
        await().until(() -> newestAnswers().equals("before/1"));
        TinyCheckpoint broken = TinyCheckpoint.random(models.resolve("broken"), 6);
        Files.delete(broken.folder().resolve("config.json"));

        announce(broken, "broken", 1);

        ask(Map.of("instruction", "Hello.", "run", "broken"))
                .statusCode(503)
                .header("Retry-After", equalTo("5"))
                .body("detail", containsString("config.json"));
        assertThat(newestAnswers()).isEqualTo("before/1");
        announce(TinyCheckpoint.random(models.resolve("after"), 7), "after", 1);
        await().until(() -> newestAnswers().equals("after/1"));
    }

    @Test
    void passesAPoisonedCheckpointOverAndLeavesItToItsOwnReaderToDeadLetter() {
        TinyCheckpoint sound = TinyCheckpoint.random(models.resolve("goes-on"), 8);
        topics.publishText(Topics.CHECKPOINTS.name(), "goes-on", "{\"run\": \"goes-on\"");
        topics.publish(Topics.CHECKPOINTS, sound.announced("goes-on", 7, Instant.now()), Map.of("ce_type", "checkpoint.v9"));

        announce(sound, "goes-on", 0); // has their key, so it comes after them

        ask(Map.of("instruction", "Hello.", "run", "goes-on", "step", 7)).statusCode(404);
        assertThat(topics.records(Topics.DEAD_LETTERS)).noneMatch(letter -> "goes-on".equals(letter.key()));
    }

    @Test
    void saysWhyACheckpointOfAnUnknownStyleDoesNotAnswer() {
        topics.publishText(Topics.CHECKPOINTS.name(), "styled", """
                {"run": "styled", "step": 0, "epoch": 0, "last": false, "uri": "/models/styled", "digest": "sha256:0",
                 "tokensSeen": 0, "nextOffset": 0, "promptStyle": "latin", "createdAt": "2020-01-01T00:00:00Z"}""");

        await().untilAsserted(() -> ask(Map.of("instruction", "Hello.", "run", "styled"))
                .statusCode(404)
                .body("detail", containsString("checkpoint styled/0 cannot be served: prompt style 'latin' is unknown")));
        announce(TinyCheckpoint.random(models.resolve("styled"), 11), "styled", 1);
        ask(Map.of("instruction", "Hello.", "run", "styled", "maxNewTokens", 1)).statusCode(200).body("step", is(1));
    }

    @Test
    void aCheckpointOfATimeToComeIsNotTheNewestForGood() {
        TinyCheckpoint sound = TinyCheckpoint.random(models.resolve("future"), 12);
        topics.publish(Topics.CHECKPOINTS, sound.announced("future", 1, Instant.parse("9999-01-01T00:00:00Z")));
        await().untilAsserted(() -> ask(Map.of("instruction", "Hello.", "run", "future", "maxNewTokens", 1))
                .statusCode(200).body("step", is(1)));

        announce(sound, "future", 2);

        ask(Map.of("instruction", "Hello.", "run", "future", "maxNewTokens", 1)).statusCode(200).body("step", is(2));
        await().until(() -> newestAnswers().equals("future/2"));
    }

    @Test
    void saysWhatIsWrongWithAQuestion() {
        ask(Map.of("instruction", " ", "step", -1, "run", "any", "maxNewTokens", 0))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.message", hasItems(
                        "is empty; send a question or an instruction", "must be at least 0", "must be at least 1"));
        ask(Map.of("instruction", "Hello.", "step", 3))
                .statusCode(400)
                .body("violations.message", hasItem(containsString("a step was named but no run")));
        ask(Map.of("instruction", "Hello.", "maxNewTokens", Integer.MAX_VALUE, "temperature", -1, "topP", 1.5))
                .statusCode(400)
                .body("violations.message", hasItems(
                        "must be at most 1000000", "must be at least 0", "must be at most 1"));
        ask(Map.of("instruction", "Hello.", "topP", 0.5))
                .statusCode(400)
                .body("violations.message", hasItem(containsString("set one, or leave them out")));
        ask(Map.of("instruction", "Hello.", "temprature", 0.7))
                .statusCode(400)
                .body("detail", allOf(containsString("there is no field 'temprature'"), containsString("temperature")));
        ask(Map.of("instruction", "Hello.", "run", "nobody"))
                .statusCode(404)
                .body("detail", containsString("run 'nobody' has no checkpoint here"));
        given().contentType(ContentType.JSON).body("{\"instruction\": \"Hello.\",\n oops}").post("/ask").then()
                .statusCode(400)
                .body("detail", containsString("line 2, column 2"));
        given().contentType(ContentType.JSON).body("{\"instruction\": \"Hello.\", \"step\": \"last\"}").post("/ask").then()
                .statusCode(400)
                .body("detail", equalTo("field 'step' must be a whole number"));
        given().contentType(ContentType.JSON).post("/ask").then()
                .statusCode(400)
                .body("violations.message", hasItem("is missing; send {\"instruction\": …}"));
    }

    @Test
    void saysHowLongAPromptMayBe() {
        announce(TinyCheckpoint.random(models.resolve("long"), 9), "long", 0);

        ask(Map.of("instruction", "x".repeat(TinyCheckpoint.CONTEXT), "run", "long"))
                .statusCode(422)
                .body("detail", allOf(containsString("context holds 512"), containsString("ask something shorter")));
    }

    /** Two models are in memory. Questions to a third wait for room before they can wait for the model's thread. */
    @Test
    void turnsQuestionsAwayWhileTooManyWaitForTheirModelOrTheirTurn() throws Exception {
        for (int model = 0; model < 3; model++) {
            announce(TinyCheckpoint.random(models.resolve("busy-" + model), 10 + model), "busy-" + model, 1);
        }
        CountDownLatch busy = new CountDownLatch(1);
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        try {
            modelThread.examBatch(() -> awaitLatch(busy));
            for (int i = 0; i < settings.questionsWaiting(); i++) {
                String run = "busy-" + Math.min(i, 2);
                waiting.add(CompletableFuture.supplyAsync(
                        () -> ask(Map.of("instruction", "Hello.", "run", run, "maxNewTokens", 1)).extract().statusCode(),
                        runnable -> new Thread(runnable).start()));
            }
            await().until(() -> metrics.get("apprentice.inference.questions.open").gauge().value() == settings.questionsWaiting());

            ask(Map.of("instruction", "Hello.", "run", "busy-0"))
                    .statusCode(503)
                    .header("Retry-After", equalTo("5"))
                    .body("detail", containsString("4 questions are waiting for the model, which is the maximum"));
        } finally {
            busy.countDown();
        }
        for (CompletableFuture<Integer> answer : waiting) {
            assertThat(answer.get()).isEqualTo(200);
        }
        ask(Map.of("instruction", "Hello.", "run", "busy-0", "maxNewTokens", 1)).statusCode(200);
    }

    @Test
    void streamsAnAnswerWhosePiecesTogetherAreTheAnswer() throws IOException {
        announce(TinyCheckpoint.pretrained(models.resolve("streamed")), "streamed", 4);
        Map<String, Object> question =
                Map.of("instruction", "Name the opposite.", "input", "hot", "run", "streamed", "maxNewTokens", 24);
        String whole = ask(question).statusCode(200).extract().path("response");
        Map<String, Object> streamed = new HashMap<>(question);
        streamed.put("stream", true);

        String[] events = ask(streamed).statusCode(200).contentType("text/event-stream").extract().asString().split("\n\n");

        assertThat(events[0]).startsWith("event: model\n");
        assertThat(data(events[0]).get("run").asText()).isEqualTo("streamed");
        assertThat(data(events[0]).get("step").asInt()).isEqualTo(4);
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < events.length - 1; i++) {
            assertThat(events[i]).startsWith("event: text\n");
            text.append(data(events[i]).get("text").asText());
        }
        assertThat(text.toString()).isEqualTo(whole);
        assertThat(events[events.length - 1]).startsWith("event: answer\n");
        assertThat(data(events[events.length - 1]).get("response").asText()).isEqualTo(whole);

        ask(Map.of("instruction", "x".repeat(TinyCheckpoint.CONTEXT), "run", "streamed", "stream", true))
                .statusCode(422)
                .body("detail", containsString("ask something shorter"));
    }

    @Test
    void drawsTheSameAnswerAgainFromTheSameSeed() {
        announce(TinyCheckpoint.pretrained(models.resolve("drawn")), "drawn", 1);

        List<String> answers = Stream.of(1, 1, 2).map(seed -> ask(Map.of("instruction", "Hello.", "run", "drawn",
                        "maxNewTokens", 24, "temperature", 1.5, "seed", seed)).statusCode(200).extract().<String>path("response"))
                .toList();

        assertThat(answers.get(0)).isEqualTo(answers.get(1)).isNotEqualTo(answers.get(2));
    }

    private static JsonNode data(String event) throws IOException {
        return Json.MAPPER.readTree(event.substring(event.indexOf("data: ") + "data: ".length()));
    }

    private static boolean awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Publishes the checkpoint, and returns when the service knows it. */
    private TinyCheckpoint announce(TinyCheckpoint checkpoint, String run, int step) {
        topics.publish(Topics.CHECKPOINTS, checkpoint.announced(run, step, Instant.now()));
        await().until(() -> ask(Map.of("instruction", "?", "run", run, "step", step, "maxNewTokens", 1))
                        .extract().statusCode() != 404);
        return checkpoint;
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsRefusedWithTheLimit() throws IOException {
        assertThat(LargeBody.post(RestAssured.port, "/ask", "application/json", "{\"instruction\": \"")).startsWith("HTTP/1.1 413").contains(
                "application/problem+json",
                "The body exceeds the limit of 10485760 bytes (quarkus.http.limits.max-body-size); send a smaller body.");
    }

    private static String newestAnswers() {
        var answer = ask(Map.of("instruction", "Hello.", "maxNewTokens", 1)).statusCode(200).extract();
        return answer.path("run") + "/" + answer.path("step");
    }

    private static ValidatableResponse ask(Map<String, Object> question) {
        return given().contentType(ContentType.JSON).body(question).post("/ask").then();
    }
}
