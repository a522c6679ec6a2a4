package dev.apprentice.trainer.batches;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import dev.apprentice.trainer.TaughtRun;
import dev.apprentice.trainer.TrainerHome;
import dev.apprentice.trainer.run.RunRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the health of a running service with a run whose batches do not come; the test sets its clock. */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(TrainerHome.class)
class BatchesHealthTest {

    private static final String CONDITION = "checks.find { it.name == 'Batches' }";

    private final AtomicLong nanos = new AtomicLong();

    KafkaTopics topics;

    @Inject
    RunRegistry registry;

    @TempDir
    Path model;

    @Test
    void aRunWhoseBatchesDoNotComeIsACondition() {
        QuarkusMock.installMockForType(new AwaitedBatches(registry, nanos::get), AwaitedBatches.class);
        Fixtures.modelFolder("tiny-gpt2", model);
        Run run = TaughtRun.named("alone", model, TaughtRun.training(1, Optional.empty()));
        topics.publish(Topics.RUNS, run);
        topics.await(Topics.PROGRESS, 1, said -> said.run().equals(run.run()) && said.phase() == Phase.WAITING);
        health("well").body(CONDITION + ".status", equalTo("UP"));

        nanos.set(Duration.ofSeconds(61).toNanos());

        await(() -> health("well").statusCode(503)
                .body(
                        CONDITION + ".data.reason",
                        startsWith("runs that wait for their batches: 1; dataset-service has reported nothing for over 60 s")));
        health("").statusCode(503);
        health("ready").statusCode(200);
        given().get("/q/metrics").then().body(matchesPattern("(?s).*apprentice_condition_away\\{[^}]*condition=\"Batches\"[^}]*\\} 1\\.0.*"));
        topics.await(Topics.PROGRESS, 1, said -> said.run().equals(run.run())
                && said.message().filter(words -> words.startsWith("still waiting for batches")).isPresent());

        TaughtRun.publishBatches(topics, run);

        topics.await(Topics.PROGRESS, 1, said -> said.run().equals(run.run()) && said.phase() == Phase.COMPLETED);
        health("well").body(CONDITION + ".status", equalTo("UP"));
    }

    private static ValidatableResponse health(String kind) {
        return given().get("/q/health/" + kind).then();
    }

    private static void await(Runnable assertion) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(assertion::run);
    }
}
