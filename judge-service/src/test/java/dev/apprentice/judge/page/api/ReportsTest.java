package dev.apprentice.judge.page.api;

import static dev.apprentice.judge.Ollama.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.Ollama;
import dev.apprentice.judge.OllamaResource;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.mlflow.FakeMlflow;
import dev.apprentice.judge.page.SampleRun;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.testkit.MetricsPage;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(OllamaResource.class)
class ReportsTest {

    /** The number of questions of the textbook's test split. */
    private static final int QUESTIONS = 110;
    private static final int FEW = 15;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    KafkaTopics topics;
    Ollama ollama;
    FakeMlflow mlflow;

    @Test
    void anExamOfTwoCheckpointsGivesACompleteReportWithoutAJudge() {
        List<Response> base = exam("plain", 0, QUESTIONS, 0);
        List<Response> tuned = exam("plain", 116, QUESTIONS, 88);
        interleave(base, tuned).forEach(response -> topics.publish(Topics.RESPONSES, response));

        JsonPath report = complete("plain", 2);

        assertThat(report.getList("steps.step", Integer.class)).containsExactly(0, 116);
        assertThat(report.getList("steps.graded", Integer.class)).containsExactly(QUESTIONS, QUESTIONS);
        assertThat(report.getDouble("steps[0].metrics.exact_match")).isZero();
        assertThat(report.getDouble("steps[1].metrics.exact_match")).isCloseTo(88.0 / 110, within(1e-9));
        assertThat(report.getDouble("steps[1].sinceBase.exact_match")).isCloseTo(88.0 / 110, within(1e-9));
        assertThat(report.getMap("steps[0].sinceBase")).isEmpty();
        assertThat(report.getList("steps[1].judges")).isEmpty();
        assertThat(report.getString("steps[1].note")).isEqualTo(
                "No judge model is configured; the figures are reference metrics, not a judge's scores.");
        assertThat(topics.read(Topics.SCORES)).filteredOn(score -> score.run().equals("plain")).hasSize(2 * QUESTIONS);
    }

    @Test
    void responsesDeliveredTwiceAreCountedOnce() {
        List<Response> exam = exam("twice", 0, FEW, 5);
        exam.forEach(response -> topics.publish(Topics.RESPONSES, response));
        String first = complete("twice", 1).prettify();

        exam.forEach(response -> topics.publish(Topics.RESPONSES, response));
        topics.await(Topics.SCORES, 2 * FEW, score -> score.run().equals("twice"));
        // Later records on the same partitions show that the repetition has been processed.
        exam("after-twice", 0, FEW, 1).forEach(response -> topics.publish(Topics.RESPONSES, response));
        complete("after-twice", 1);

        assertThat(report("twice").prettify()).isEqualTo(first);
    }

    @Test
    void theJudgesMeanCountsWhatWasScoredAndWhatWasNot() {
        List<String> given = List.of("good", "odd", "fair", "");
        ollama.modelAbout("strict", "good", answering("85"));
        ollama.modelAbout("strict", "odd", answering("no idea"));
        ollama.modelAbout("strict", "fair", answering("65"));
        for (int index = 0; index < given.size(); index++) {
            topics.publish(
                    Topics.RESPONSES,
                    Samples.response("judged", 0, index, given.size(), "x", given.get(index), Optional.of("strict")));
        }

        JsonPath report = complete("judged", 1);

        assertThat(report.getString("steps[0].judges[0].judge")).isEqualTo("strict");
        assertThat(report.getDouble("steps[0].judges[0].mean")).isCloseTo((85 + 65 + 0) / 3.0, within(1e-4));
        assertThat(report.getInt("steps[0].judges[0].scored")).isEqualTo(3);
        assertThat(report.getInt("steps[0].judges[0].unreadable")).isEqualTo(1);
        assertThat(report.getString("steps[0].note")).isNull();
        RestAssured.get("/reports").then().statusCode(200).body("", hasItem("judged"));
    }

    @Test
    void aRunWithoutAReportIsAProblemThatNamesIt() {
        RestAssured.get("/reports/nobody")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("status", equalTo(404))
                .body("detail", containsString("run 'nobody' has no report"));
    }

    @Test
    void poisonedScoresAndReportsGoToTheDeadLettersAndReportsGoOn() {
        topics.publishText(Topics.SCORES.name(), "p/0/e0", "{\"run\":\"poison\"}");
        topics.publishText(Topics.REPORTS.name(), "p/0", "[poison]");
        topics.publishLargest(Topics.SCORES.name(), "large/0/e0");
        topics.publish(Topics.RESPONSES, Samples.response("unharmed", 0, 0, 1, "x", "x"));

        assertThat(topics.awaitDeadLetter("a record of apprentice.scores cannot be used").key()).isEqualTo("p/0/e0");
        assertThat(topics.awaitDeadLetter("a record of apprentice.reports cannot be used").key()).isEqualTo("p/0");
        assertThat(topics.awaitDeadLetter("a record of apprentice.scores cannot be used: not JSON").value()).hasSize(64 * 1024);
        assertThat(complete("unharmed", 1).getDouble("steps[0].metrics.exact_match")).isEqualTo(1);
    }

    @Test
    void aReportIsForgottenWhenItIsWithdrawn() {
        topics.publish(Topics.RESPONSES, Samples.response("withdrawn", 0, 0, 1, "x", "x"));
        complete("withdrawn", 1);

        topics.publishText(Topics.REPORTS.name(), "withdrawn/0", null);

        Awaitility.await().atMost(PATIENCE).untilAsserted(() ->
                RestAssured.get("/reports/withdrawn").then().statusCode(404));
    }

    @Test
    void saysHowItIsAndWhatItOffers() {
        topics.publish(Topics.RESPONSES, Samples.response("watched-run", 0, 0, 1, "x", "x"));
        complete("watched-run", 1);

        RestAssured.get("/q/health/live").then().statusCode(200).body("checks.name", hasItem("Threads"));
        RestAssured.get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("Runs"));
        RestAssured.get("/q/health/well").then().body("checks.name", hasItem("Reports"));
        assertThat(RestAssured.get("/q/metrics").asString())
                .containsPattern("apprentice_judge_responses_graded_total.* [1-9]")
                .contains("apprentice_judge_responses_pending")
                .contains("kafka_consumer_fetch_manager_records_lag")
                .doesNotContain("watched-run");
        MetricsPage.of(RestAssured.given().accept("text/plain").get("/q/metrics").asString(), "judge").requireScheme();
        RestAssured.given().accept("application/json").get("/q/openapi").then().body("paths.keySet()", hasItem("/reports/{run}"));
    }

    /** MLflow is away at first, which does not delay grading and showing. */
    @Test
    void aRunIsRegisteredAtMlflowOnceThatIsBackAndNothingWaitsForIt() {
        mlflow.answering(503);
        new SampleRun(topics, "registered", Optional.empty()).asked().trained(1, 20).checkpoint(SampleRun.STEPS).completed();
        topics.publish(Topics.RESPONSES, Samples.response("registered", SampleRun.STEPS, 0, 1, "x", "x"));
        complete("registered", 1);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> RestAssured.get("/q/health/well").then().statusCode(503)
                .body("checks.find { it.name == 'MLflow' }.data.reason", containsString(" with 503: ")));
        RestAssured.get("/q/health/ready").then().statusCode(200);

        mlflow.answering(200);

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(mlflow.runs("registered")).hasSize(1);
            FakeMlflow.Run run = mlflow.runs("registered").get(0);
            assertThat(run.status()).isEqualTo("FINISHED");
            assertThat(run.metrics().stream().filter(metric -> metric.key().equals("train_loss"))).hasSize(20);
            assertThat(run.metrics().stream().filter(metric -> metric.key().equals("exam/exact_match")))
                    .singleElement().satisfies(metric -> assertThat(metric.value()).isEqualTo(1));
            assertThat(run.parameters()).containsEntry("data.dataset", "animals").containsEntry("model.location", "/models/gpt2");
        });
        assertThat(mlflow.versions("registered")).singleElement()
                .satisfies(version -> assertThat(version.tags()).containsEntry(
                        "apprentice.location", "file:///checkpoints/registered/step-" + SampleRun.STEPS));
    }

    /** Returns answers to an exam, the first {@code right} of them correct. */
    private static List<Response> exam(String run, int step, int questions, int right) {
        List<Response> exam = new ArrayList<>();
        for (int index = 0; index < questions; index++) {
            String given = index < right ? "number " + index : "wrong";
            exam.add(Samples.response(run, step, index, questions, "number " + index, given));
        }
        return exam;
    }

    private static List<Response> interleave(List<Response> a, List<Response> b) {
        List<Response> both = new ArrayList<>();
        for (int index = 0; index < a.size(); index++) {
            both.add(b.get(b.size() - 1 - index));
            both.add(a.get(index));
        }
        return both;
    }

    private static JsonPath complete(String run, int steps) {
        return Awaitility.await("a complete report on " + run)
                .atMost(PATIENCE)
                .until(() -> report(run), report -> report.getList("steps") != null
                        && report.getList("steps.complete", Boolean.class).stream().filter(done -> done).count() == steps
                        && (steps == 1 || !report.getMap("steps[1].sinceBase").isEmpty()));
    }

    private static JsonPath report(String run) {
        return RestAssured.get("/reports/" + run).jsonPath();
    }
}
