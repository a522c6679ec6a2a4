package dev.apprentice.judge.judges.pairwise;

import static dev.apprentice.judge.Ollama.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.Ollama;
import dev.apprentice.judge.OllamaResource;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.Waiting;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Comparisons and agreement over HTTP, on responses from Kafka. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(OllamaResource.class)
class PairwiseComparisonsTest {

    private static final int QUESTIONS = 4;

    KafkaTopics topics;
    Ollama ollama;

    @Inject
    PairwiseComparisons comparisons;

    @Inject
    PairwiseFolder folder;

    @Test
    void aTunedModelIsComparedWithItsBaseInBothOrders() {
        exam("verdict", 0, "base");
        exam("verdict", 9, "tuned");
        ollama.modelTold("arbiter", "<answer_a>\ntuned", answering("{\"reason\": \"Better.\", \"better\": \"A\"}"));
        ollama.modelTold("arbiter", "<answer_b>\ntuned", answering("{\"reason\": \"Better.\", \"better\": \"B\"}"));
        // with this one, the answer shown first wins
        ollama.modelTold("arbiter", "tuned 3", answering("{\"reason\": \"First!\", \"better\": \"A\"}"));

        String id = begin("verdict", "arbiter").statusCode(202).body("questions", equalTo(QUESTIONS)).extract().path("id");
        JsonPath result = complete(id);

        assertThat(result.getInt("wins")).isEqualTo(QUESTIONS - 1);
        assertThat(result.getInt("flipped")).isEqualTo(1);
        assertThat(result.getDouble("winRate")).isEqualTo((QUESTIONS - 0.5) / QUESTIONS);
        assertThat(result.getList("verdicts.outcome")).containsExactly("FIRST", "FIRST", "FIRST", "FLIPPED");
        assertThat(result.getString("verdicts[0].reason")).isEqualTo("Better.");
        assertThat(ollama.questions("arbiter")).hasSize(2 * QUESTIONS);

        begin("verdict", "arbiter").statusCode(202).body("id", equalTo(id));
        assertThat(complete(id).getInt("wins")).isEqualTo(QUESTIONS - 1);
        assertThat(ollama.questions("arbiter")).as("a rerun costs nothing").hasSize(2 * QUESTIONS);
        RestAssured.get("/pairwise").then().statusCode(200).body("id", hasItem(id));
    }

    @Test
    void aComparisonThatWasInterruptedIsResumedAtTheNextStart() {
        exam("interrupted", 0, "base");
        exam("interrupted", 9, "tuned");
        ollama.modelTold("referee", "answer_a", answering("{\"reason\": \"Even.\", \"better\": \"tie\"}"));
        String id = begin("interrupted", "referee").statusCode(202).extract().path("id");
        complete(id);
        PairwiseResult whole = folder.read(id).orElseThrow();
        folder.write(PairwiseResult.of(
                new PairwisePlan(id, whole.first(), whole.second(), whole.judge(), whole.model(), whole.rubric(),
                        whole.rubricVersion(), QUESTIONS),
                List.of()));

        comparisons.resume(new StartupEvent());

        assertThat(complete(id).getInt("ties")).isEqualTo(QUESTIONS);
        assertThat(ollama.questions("referee")).as("nothing is asked twice").hasSize(2 * QUESTIONS);
    }

    @Test
    void whatCannotBeComparedIsSaidInOneSentence() {
        exam("lonely", 0, "base");

        begin("lonely", "arbiter").statusCode(400).contentType("application/problem+json")
                .body("detail", equalTo("run 'lonely' has no responses at step 9; "
                        + "GET /reports/lonely lists the steps that have some"));
        begin("lonely", "arbiter@textbook").statusCode(400).body("detail", containsString("grades one answer"));
        RestAssured.given().contentType("application/json").body("{\"first\": {\"run\": \"lonely\"}}").post("/pairwise")
                .then().statusCode(400);
        RestAssured.get("/pairwise/../etc").then().statusCode(404);
        RestAssured.get("/pairwise/00ff").then().statusCode(404).body("detail", containsString("'00ff'"));
    }

    @Test
    void howFarMetricsAndJudgesAgreeWithPeopleIsAskedWithAFile() {
        exam("agreed", 0, "n");
        Waiting.await().untilAsserted(() -> agreement("text/csv", "example,score\ne0,1\ne1,2\ne2,3\nnobody,4\n")
                .statusCode(200)
                .body("unknown", equalTo(List.of("nobody")))
                .body("metrics.find { it.figure == 'response_length' }.pairs", equalTo(3))
                .body("judges.find { it.figure == 'judge:metric:chrf' }.pairs", equalTo(3)));
        agreement("application/json", "[{\"example\": \"e0\", \"score\": 1}]").statusCode(200)
                .body("metrics[0].pairs", equalTo(1))
                .body("metrics[0].pearson", equalTo(null));
        agreement("text/csv", "e0,good\n").statusCode(400).body("detail",
                equalTo("record 1 is 'e0,good'; it must be an example's id, a comma and a finite number"));
        RestAssured.given().contentType("text/csv").body("e0,1").post("/agreement/nobody/0").then().statusCode(404);
    }

    private static ValidatableResponse agreement(String type, String body) {
        return RestAssured.given().contentType(type).body(body).post("/agreement/agreed/0").then();
    }

    private static ValidatableResponse begin(String run, String judge) {
        return RestAssured.given()
                .contentType("application/json")
                .body(Map.of(
                        "first", Map.of("run", run, "step", 9),
                        "second", Map.of("run", run, "step", 0),
                        "judge", judge))
                .post("/pairwise")
                .then();
    }

    private static JsonPath complete(String id) {
        return Waiting.await().until(
                () -> RestAssured.get("/pairwise/" + id).jsonPath(), result -> result.getBoolean("complete"));
    }

    /** Publishes answers and waits until each has its score. */
    private void exam(String run, int step, String answer) {
        for (int index = 0; index < QUESTIONS; index++) {
            topics.publish(Topics.RESPONSES, Samples.response(
                    run, step, index, QUESTIONS, "x", answer + " " + index, Optional.of("metric:chrf")));
        }
        topics.await(Topics.SCORES, QUESTIONS, score -> score.whole() && score.run().equals(run) && score.step() == step);
        Waiting.await().until(
                () -> RestAssured.given().contentType("text/csv").body("e0,1").post("/agreement/" + run + "/" + step)
                        .jsonPath(),
                report -> report.getList("judges") != null && !report.getList("judges").isEmpty());
    }
}
