package dev.apprentice.judge.page.api;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.OllamaResource;
import dev.apprentice.judge.Samples;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(OllamaResource.class)
class AnswersTest {

    private static final int QUESTIONS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static boolean told;

    KafkaTopics topics;

    /** Publishes two exams: the base model answers all questions wrong, step 5 the first four right. */
    @BeforeEach
    void tellOfARun() {
        if (!told) {
            told = true;
            for (int index = 0; index < QUESTIONS; index++) {
                topics.publish(Topics.RESPONSES, Samples.response("asked", 0, index, QUESTIONS, "answer " + index, "no"));
                topics.publish(
                        Topics.RESPONSES,
                        Samples.response("asked", 5, index, QUESTIONS, "answer " + index, index < 4 ? "answer " + index : "wrong"));
            }
        }
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            JsonPath all = answers("size=50&score=exact_match&min=0");
            return all.getInt("matching") == QUESTIONS && all.getList("responses.base.graded").stream().allMatch(Boolean.TRUE::equals)
                    && get("/reports/asked").jsonPath().getList("steps.complete").equals(List.of(true, true));
        });
    }

    @Test
    void answersComePageByPageNextToTheBasesOwn() {
        JsonPath second = answers("page=2&size=4");

        assertThat(second.getInt("total")).isEqualTo(QUESTIONS);
        assertThat(second.getList("responses.index", Integer.class)).containsExactly(4, 5);
        assertThat(second.getList("responses.answer.text", String.class)).containsOnly("wrong");
        assertThat(second.getList("responses.base.text", String.class)).containsOnly("no");
        assertThat(answers("page=9").getList("responses")).isEmpty();
    }

    @Test
    void answersAreFoundByTextAndScoreAndSorted() {
        assertThat(answers("text=ANSWER 3").getList("responses.index", Integer.class)).containsExactly(3);
        assertThat(answers("score=exact_match&max=0.5").getList("responses.index", Integer.class)).containsExactly(4, 5);
        assertThat(answers("sort=exact_match&order=asc").getList("responses.index", Integer.class))
                .containsExactly(4, 5, 0, 1, 2, 3);
    }

    @Test
    void aParameterThatCannotBeUsedIsNamed() {
        get("/reports/asked/5/responses?page=0").then().statusCode(400)
                .body("detail", equalTo("parameter 'page' is '0'; it must be a whole number of at least 1"));
        get("/reports/asked/5/responses?size=501").then().statusCode(400).body("detail", containsString("at most 500"));
        get("/reports/asked/5/responses?min=1").then().statusCode(400).body("detail", containsString("parameter 'score'"));
        get("/reports/asked/5/responses?sort=exact_match&order=up").then().statusCode(400)
                .body("detail", containsString("one of asc, desc"));
        get("/reports/asked/7/responses").then().statusCode(404)
                .body("detail", equalTo("run 'asked' has no report for step 7; it has reports for steps [0, 5]"));
        get("/reports/asked/5/responses/download?format=excel").then().statusCode(400)
                .body("detail", containsString("one of json, csv, markdown, textbook"));
        get("/reports/compare?runs=asked").then().statusCode(400).body("detail", containsString("2 to 8 checkpoints"));
        get("/reports/compare?runs=asked@5,nobody").then().statusCode(404).body("detail", containsString("run 'nobody'"));
    }

    @Test
    void twoCheckpointsAreComparedByEveryFigure() {
        JsonPath compared = get("/reports/compare?runs=asked,asked@0").jsonPath();

        assertThat(compared.getList("candidates.report.step", Integer.class)).containsExactly(5, 0);
        String exact = "pairs[0].tallies.find { it.figure == 'exact_match' }.";
        assertThat(compared.getInt(exact + "wins")).isEqualTo(4);
        assertThat(compared.getInt(exact + "ties")).isEqualTo(2);
        JsonPath ties = get("/reports/compare/examples?runs=asked@5,asked@0&score=exact_match&outcome=tie").jsonPath();
        assertThat(ties.getList("examples.left.index", Integer.class)).containsExactly(4, 5);
        assertThat(ties.getList("examples.right.text", String.class)).containsOnly("no");
    }

    @Test
    void everythingCanBeTakenAwayAsAFile() {
        get("/reports/asked/5/responses/download?format=textbook").then().statusCode(200)
                .header("Content-Disposition", containsString("asked-step-5-instruction-data-with-response.json"))
                .body("[0].model_response", equalTo("answer 0"))
                .body("[4].metrics.exact_match", equalTo(0f));
        assertThat(get("/reports/asked/5/responses/download?format=csv").asString().lines()).hasSize(1 + QUESTIONS);
        assertThat(get("/reports/asked/download?format=csv").asString()).contains("asked,5,exact_match,0.66666");
        assertThat(get("/reports/asked/download?format=markdown").asString()).contains("| asked | 5 | exact_match | 0.6667 |");
        get("/reports/asked/5/responses/download").then().body("[5].response.example", equalTo("e5"));
    }

    private static JsonPath answers(String query) {
        return get("/reports/asked/5/responses?" + query).then().statusCode(200).extract().jsonPath();
    }
}
