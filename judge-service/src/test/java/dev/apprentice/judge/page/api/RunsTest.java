package dev.apprentice.judge.page.api;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;

import dev.apprentice.judge.OllamaResource;
import dev.apprentice.judge.page.SampleRun;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The page's HTTP interface, called by another program. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(OllamaResource.class)
class RunsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    KafkaTopics topics;

    @TestHTTPResource("/events")
    URI events;

    @Test
    void aRunIsToldWithItsCurvesCheckpointsAndTheCommandThatRepeatsIt() {
        new SampleRun(topics, "told", Optional.empty()).asked().prepared().checkpoint(0).trained(0, 20);

        JsonPath told = await("told", run -> run.getInt("detail.summary.step") == 20
                && run.getDouble("detail.summary.validationLoss") > 0 && run.getList("detail.checkpoints").size() == 1);

        assertThat(told.getString("detail.summary.phase")).isEqualTo("EVALUATING");
        assertThat(told.getLong("detail.summary.secondsLeft")).isEqualTo(10); // 20 steps of half a second
        assertThat(told.getLong("detail.summary.batchesPublished")).isEqualTo(40);
        assertThat(told.getString("detail.checkpoints[0].digest")).startsWith("sha256:");
        assertThat(told.getString("repeat.line")).isEqualTo("./apprentice tune --model /models/gpt2 --data animals.json");
        JsonPath curves = get("/runs/told/curves").jsonPath();
        assertThat(curves.getList("training.steps")).hasSize(20);
        assertThat(curves.getList("evaluation.steps", Integer.class)).containsExactly(0, 5, 10, 15, 20);
        assertThat(curves.getList("evaluation.validationLoss", Double.class)).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        get("/runs").then().statusCode(200).body("run", hasItem("told"));
    }

    @Test
    void anUnknownRunIsAProblemThatSaysWhereToLook() {
        get("/runs/nobody").then().statusCode(404).body("detail", containsString("there is no run 'nobody'; GET /runs lists"));
        get("/runs/nobody/curves").then().statusCode(404);
    }

    @Test
    void aRunThatIsWithdrawnIsGone() {
        new SampleRun(topics, "short-lived", Optional.empty()).asked();
        await("short-lived", run -> run.getString("detail.run.desired") != null);

        topics.publishText("apprentice.runs", "short-lived", null);

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> get("/runs/short-lived").then().statusCode(404));
    }

    @Test
    void aClientThatComesBackGetsWhatHasChangedSinceAndOneFromAnotherProcessGetsAll() throws Exception {
        new SampleRun(topics, "before", Optional.empty()).asked();
        await("before", run -> true);
        Sent first = next(Optional.empty());
        assertThat(first.event()).isEqualTo("all");
        assertThat(first.data()).contains("\"before\"");

        new SampleRun(topics, "since", Optional.empty()).asked();
        Sent second = next(first.id());
        assertThat(second.event()).isEqualTo("run");
        assertThat(second.data()).contains("\"since\"").doesNotContain("\"before\"");

        assertThat(next(Optional.of("0123abcd-7")).event()).isEqualTo("all");
    }

    @Test
    void eachStageTellsWhatWaits() {
        new SampleRun(topics, "in-the-way", Optional.empty()).asked();

        JsonPath stages = Awaitility.await().atMost(PATIENCE).until(
                () -> get("/pipeline").jsonPath(),
                pipeline -> pipeline.getInt("find { it.work == 'grades' }.consumers") > 0
                        && pipeline.getLong("find { it.work == 'trains' }.records") > 0);

        assertThat(stages.getList("work", String.class)).containsExactly(
                "keeps examples", "prepares batches", "trains", "sets exams", "answers", "grades", "reports");
        assertThat(stages.getInt("find { it.work == 'trains' }.consumers")).isZero(); // no trainer runs here
        assertThat(stages.getLong("find { it.work == 'prepares batches' }.lag")).isPositive(); // nor a dataset-service
        assertThat((Object) stages.get("find { it.work == 'trains' }.lag")).isNull(); // a trainer's position is in its checkpoints
    }

    @Test
    void aFileOfThePageIsAskedForAnewEachTimeAndSentAgainOnlyWhenItHasChanged() {
        ExtractableResponse<Response> sent = get("/page/main.js").then().statusCode(200).extract();

        assertThat(sent.header("Cache-Control")).contains("max-age=0");
        given().header("If-Modified-Since", sent.header("Last-Modified")).get("/page/main.js").then().statusCode(304);
        given().header("If-Modified-Since", "Thu, 01 Jan 2015 00:00:00 GMT").get("/page/main.js").then().statusCode(200);
    }

    private static JsonPath await(String run, Predicate<JsonPath> enough) {
        return Awaitility.await(run).atMost(PATIENCE).ignoreExceptions().until(
                () -> get("/runs/" + run).then().statusCode(200).extract().jsonPath(), enough::test);
    }

    /**
     * Returns the next event about a run for a client that has received {@code lastId}. Events about conditions that other tests
     * caused are skipped.
     */
    private Sent next(Optional<String> lastId) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(events).header("Accept", "text/event-stream");
        lastId.ifPresent(id -> request.header("Last-Event-ID", id));
        InputStream stream = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream()).body();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            Optional<String> id = Optional.empty();
            String event = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id:")) {
                    id = Optional.of(line.substring("id:".length()).strip());
                } else if (line.startsWith("event:")) {
                    event = line.substring("event:".length()).strip();
                } else if (line.startsWith("data:")) {
                    data += line.substring("data:".length());
                } else if (line.isEmpty() && event.equals("away")) {
                    data = "";
                } else if (line.isEmpty() && !data.isEmpty()) {
                    return new Sent(id, event, data);
                }
            }
        }
        throw new IOException("the stream ended");
    }

    private record Sent(Optional<String> id, String event, String data) {}
}
