package dev.apprentice.judge.run;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.OllamaResource;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.page.SampleRun;
import dev.apprentice.judge.report.ReportView;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a running service reports about a checkpoint without answers. The test controls its clock. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(OllamaResource.class)
class ExamsHealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CONDITION = "checks.find { it.name == 'Exams' }";

    private final AtomicLong minutes = new AtomicLong();

    KafkaTopics topics;

    @TestHTTPResource("/events")
    URI events;

    @Inject
    Runs runs;

    @Inject
    ReportView reports;

    @Inject
    @Wellness
    ExamsCondition condition;

    @Test
    void aCheckpointThatIsNotAnsweredIsACondition() throws Exception {
        ExamsCondition timed = new ExamsCondition(runs, reports, () -> Duration.ofMinutes(minutes.get()).toNanos());
        QuarkusMock.installMockForInstance(timed, condition);
        new SampleRun(topics, "unanswered", Optional.empty()).asked().trained(1, 2).checkpoint(SampleRun.STEPS);

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            minutes.addAndGet(6);
            well().statusCode(503).body(CONDITION + ".data.reason", startsWith("checkpoints that wait for answers: "));
        });
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/metrics").then().body(matchesPattern("(?s).*apprentice_condition_away\\{[^}]*condition=\"Exams\"[^}]*\\} 1\\.0.*"));

        assertThat(awayByEvent()).contains("{\"condition\":\"Exams\",\"reason\":\"checkpoints that wait for answers: ");

        topics.publish(Topics.RESPONSES, Samples.response("unanswered", SampleRun.STEPS, 0, 1, "x", "x"));

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> well().body(CONDITION + ".status", equalTo("UP")));
    }

    /** Returns the conditions that a newly opened page receives as away. */
    private String awayByEvent() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(events).header("Accept", "text/event-stream").build();
        try (Stream<String> lines = HttpClient.newHttpClient().send(request, BodyHandlers.ofLines()).body()) {
            return lines.dropWhile(line -> !line.equals("event:away")).filter(line -> line.startsWith("data:")).findFirst().orElseThrow();
        }
    }

    private static ValidatableResponse well() {
        return given().get("/q/health/well").then();
    }
}
