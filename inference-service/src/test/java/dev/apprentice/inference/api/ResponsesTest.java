package dev.apprentice.inference.api;

import static dev.apprentice.inference.Patience.await;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.contracts.event.ResponseBuilder;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.testkit.UnansweredRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class ResponsesTest {

    private KafkaTopics topics;

    @ParameterizedTest
    @CsvSource({
        "GET, /nope, */*, 404, There is nothing at /nope; GET /q/openapi lists all calls of this service.",
        "GET, /q/nope, */*, 404, There is nothing at /q/nope; GET /q/openapi lists all calls of this service.",
        "PUT, /runs/textbook/responses, */*, 405, /runs/textbook/responses does not take PUT; GET /q/openapi lists all calls of this service.",
        "GET, /runs/textbook/responses, image/png, 406, '/runs/textbook/responses is not answered as image/png; leave the Accept header out, or see in GET /q/openapi what there is.'"
    })
    void aRequestThatNoCallAnswersGetsTheWayOut(String method, String path, String accept, int status, String detail) throws Exception {
        assertThat(UnansweredRequest.send(RestAssured.port, method, path, accept)).startsWith(status + " application/problem+json {").contains("\"" + detail + "\"");
    }

    @Test
    void givesTheTextbooksFileInTheOrderOfTheExam() {
        publish("textbook", 10, 1, 3, "second");
        publish("textbook", 10, 0, 3, "first");
        awaitComplete("/runs/textbook/responses?step=10", "2/3");
        publish("textbook", 10, 2, 3, "third");
        publish("textbook", 10, 1, 3, "second, again");
        awaitComplete("/runs/textbook/responses?step=10", "3/3");

        get("/runs/textbook/responses?step=10").then()
                .statusCode(200)
                .header("X-Apprentice-Step", equalTo("10"))
                .body("model_response", contains("first", "second, again", "third"))
                .body("[0].instruction", equalTo("instruction 0"))
                .body("[0].input", equalTo("input 0"))
                .body("[0].output", equalTo("output 0"))
                .body("[0].keySet()", org.hamcrest.Matchers.containsInAnyOrder(
                        "instruction", "input", "output", "model_response"));
    }

    @Test
    void givesTheNewestStepUnlessOneIsNamed() {
        publish("steps", 0, 0, 1, "untaught");
        publish("steps", 20, 0, 1, "taught");
        awaitComplete("/runs/steps/responses?step=0", "1/1");
        awaitComplete("/runs/steps/responses?step=20", "1/1");

        get("/runs/steps/responses").then()
                .header("X-Apprentice-Step", equalTo("20"))
                .body("model_response", contains("taught"));
    }

    @Test
    void saysWhichRunOrStepIsUnknown() {
        publish("known", 5, 0, 1, "answer");
        awaitComplete("/runs/known/responses", "1/1");

        get("/runs/unknown/responses").then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("run 'unknown' has no responses here"));
        get("/runs/known/responses?step=6").then()
                .statusCode(404)
                .body("detail", equalTo("run 'known' has no responses at step 6; it has some at steps [5]"));
        get("/runs/known/responses?step=six").then()
                .statusCode(400)
                .body("detail", equalTo("parameter 'step' is 'six'; it must be a whole number"));
    }

    @Test
    void passesAPoisonedResponseOverAndLeavesItToItsOwnReaderToDeadLetter() {
        String key = "poison-run/0/example-0";
        topics.publishText(Topics.RESPONSES.name(), key, "[]");
        topics.publishText(Topics.RESPONSES.name(), key, null);

        publish("poison-run", 0, 0, 1, "answer"); // has their key, so it comes after them

        awaitComplete("/runs/poison-run/responses", "1/1");
        assertThat(topics.records(Topics.DEAD_LETTERS)).noneMatch(letter -> key.equals(letter.key()));
    }

    private static void awaitComplete(String path, String complete) {
        await().until(() -> complete.equals(get(path).header("X-Apprentice-Complete")));
    }

    private void publish(String run, int step, int index, int of, String text) {
        topics.publish(
                Topics.RESPONSES,
                ResponseBuilder.builder()
                        .run(run)
                        .step(step)
                        .example("example-" + index)
                        .index(index)
                        .of(of)
                        .instruction("instruction " + index)
                        .input("input " + index)
                        .output("output " + index)
                        .response(text)
                        .finishReason(FinishReason.STOP)
                        .promptTokens(3)
                        .generatedTokens(2)
                        .seconds(0.1)
                        .build());
    }
}
