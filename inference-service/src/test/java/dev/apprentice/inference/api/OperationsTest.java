package dev.apprentice.inference.api;

import static dev.apprentice.inference.Patience.await;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.inference.TinyCheckpoint;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.testkit.MetricsPage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class OperationsTest {

    @TempDir
    private static Path models;

    private KafkaTopics topics;

    @Test
    void isHealthyAndReadyWithKafka() {
        await().until(() -> get("/q/health/ready").statusCode() == 200);
        get("/q/health/live").then().statusCode(200).body("checks.name", hasItem("Threads"));
    }

    @Test
    void measuresWhatItDoesWithoutNamingRuns() {
        TinyCheckpoint checkpoint = TinyCheckpoint.pretrained(models.resolve("measured"));
        topics.publish(Topics.PROMPTS, checkpoint.prompt("measured-run", 0, 0, 1, "Measure this.", 2));
        topics.await(Topics.RESPONSES, 1, response -> response.run().equals("measured-run"));

        given().accept("text/plain").get("/q/metrics").then()
                .statusCode(200)
                .body(containsString("apprentice_inference_tokens_total{kind=\"exam\""))
                .body(containsString("apprentice_inference_answers_total{finish_reason="))
                .body(containsString("apprentice_inference_answer_seconds_count{kind=\"exam\""))
                .body(containsString("apprentice_inference_tokens_per_second"))
                .body(containsString("apprentice_inference_checkpoints_loaded"))
                .body(containsString("apprentice_inference_questions_open"))
                .body(containsString("kafka_consumer_fetch_manager_records_lag"))
                .body(not(containsString("measured-run")));
        MetricsPage.of(given().accept("text/plain").get("/q/metrics").asString(), "inference").requireGoodManners();
    }

    /** The JDK's client asks for HTTP/2 at every first request. It sometimes misreads long answers on an upgraded connection. */
    @Test
    void answersAClientThatWouldRatherHaveHttp2OverHttp1() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/q/metrics")).build();

        HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void describesItsApi() {
        given().accept("application/json").get("/q/openapi?format=json").then()
                .statusCode(200)
                .body("info.title", equalTo("Apprentice: inference-service"))
                .body("paths", hasKey("/ask"))
                .body("paths.'/runs/{run}/responses'.get.responses.'200'.headers", hasKey("X-Apprentice-Complete"));
    }
}
