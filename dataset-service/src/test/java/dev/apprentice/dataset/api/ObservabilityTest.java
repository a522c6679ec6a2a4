package dev.apprentice.dataset.api;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.Runs;
import dev.apprentice.dataset.ServiceTest;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.MetricsPage;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.providers.impl.ConnectorConfig;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ObservabilityTest extends ServiceTest {

    @Test
    void isReadyOnceKafkaIsThere() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP")));
        get("/q/health/live").then().statusCode(200).body("checks.name", hasItem("Threads"));
    }

    /**
     * By default, Kafka's connector permanently stops a channel whose record takes too long, such as when it waits for a disk or
     * a lock.
     */
    @ParameterizedTest
    @ValueSource(strings = {"runs", "progress", "checkpoints", "instructions"})
    void aChannelWaitsAsLongAsItsRecordTakes(String channel) {
        ConnectorConfig settings = new ConnectorConfig("mp.messaging.incoming.", ConfigProvider.getConfig(), channel) {};
        assertThat(new KafkaConnectorIncomingConfiguration(settings).getThrottledUnprocessedRecordMaxAgeMs()).isZero();
    }

    @Test
    void describesItsHttpCalls() {
        given().accept("application/json").get("/q/openapi").then()
                .statusCode(200)
                .body("info.title", equalTo("dataset-service"))
                .body("paths.'/datasets/{name}'.post.summary", equalTo("Put a dataset under a name"));
    }

    @Test
    void countsWhatItDoesWithoutNamingRuns() {
        upload(name, Fixtures.bytes("examples.json"));
        given().contentType("application/json").body("[{}]").post("/datasets/" + name).then().statusCode(400);
        topics.publish(Topics.RUNS, Runs.of(name, name, tinyModel()));
        topics.await(Topics.PROGRESS, 1, progress -> progress.run().equals(name) && progress.phase() == Phase.PREPARED);

        String metrics = given().accept("text/plain").get("/q/metrics").then().statusCode(200).extract().asString();
        assertThat(metrics)
                .contains("apprentice_dataset_examples_total{result=\"accepted\",source=\"upload\"")
                .contains("apprentice_dataset_examples_total{result=\"refused\",source=\"upload\"")
                .contains("apprentice_dataset_batches_published_total")
                .contains("apprentice_dataset_rows_overlong_total{policy=\"terminate\"")
                .contains("apprentice_dataset_tokenizing_seconds_count")
                .contains("kafka_consumer_fetch_manager_records_lag_max")
                .doesNotContain(name);
        MetricsPage.of(metrics, "dataset").requireGoodManners();
    }
}
