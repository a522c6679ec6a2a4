package dev.apprentice.judge.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.contracts.Event;
import dev.apprentice.contracts.EventSerializer;
import dev.apprentice.contracts.Progress;
import dev.apprentice.contracts.Progress.Phase;
import dev.apprentice.contracts.Topic;
import dev.apprentice.contracts.Topics;
import dev.apprentice.judge.OllamaResource;
import dev.apprentice.judge.Samples;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How much heap the views take and how soon the page is there with many runs in the log. Not a test: it prints figures.
 *
 * <pre>mvn test -pl judge-service -Dtest=ScaleMeasurement -Dapprentice.measure=true -Dapprentice.measure.responses=20</pre>
 */
@QuarkusTest
@WithTestResource(BrokerResource.class)
@WithTestResource(OllamaResource.class)
@EnabledIfSystemProperty(named = "apprentice.measure", matches = "true")
class ScaleMeasurement {

    private static final int RUNS = Integer.getInteger("apprentice.measure.runs", 100);
    private static final int CHECKPOINTS = Integer.getInteger("apprentice.measure.checkpoints", 50);
    private static final int RESPONSES = Integer.getInteger("apprentice.measure.responses", 20);
    private static final int STEPS = Integer.getInteger("apprentice.measure.steps", 2_000);
    private static final int MANY = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(9);
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final String LARGEST = "run-0";

    KafkaTopics topics;

    @TestHTTPResource("/")
    String address;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void heapOfTheViewsAndTimeToThePage() {
        long before = usedHeap();
        long begun = System.nanoTime();
        try (KafkaProducer<String, Event> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 20),
                new StringSerializer(),
                new EventSerializer<>())) {
            for (int run = 0; run < RUNS; run++) {
                tell(producer, "run-" + run);
            }
        }
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(this::everythingIsGraded);
        System.out.printf("written, graded and read: %,d s%n", (System.nanoTime() - begun) / 1_000_000_000);
        long after = usedHeap();
        System.out.printf(
                "%d runs x %d checkpoints x %d responses, %d steps a run: heap %d MB before, %d MB after (broker and test included)%n",
                RUNS, CHECKPOINTS, RESPONSES, STEPS, before >> 20, after >> 20);
        time("GET /runs", () -> get("/runs").then().statusCode(200));
        time("GET /runs/{run}/curves", () -> get("/runs/run-1/curves").then().statusCode(200));
        time("GET responses, a page of " + MANY, () -> get("/reports/" + LARGEST + "/0/responses").then().statusCode(200));
        time("GET responses, sorted", () ->
                get("/reports/" + LARGEST + "/0/responses?sort=token_f1").then().statusCode(200));
        if (Browser.installed().isPresent()) {
            openThePage();
        }
        assertThat(after - before).isLessThan(200L << 20);
    }

    private void tell(KafkaProducer<String, Event> producer, String run) {
        new SampleRun(topics, run, Optional.empty()).asked();
        for (int step = 1; step <= STEPS; step++) {
            send(producer, Topics.PROGRESS, new Progress(
                    run, START.plusSeconds(step), step % 5 == 0 ? Phase.EVALUATING : Phase.TRAINING, step, Optional.of(STEPS), 1, 1,
                    Optional.empty(), Optional.empty(), Optional.of(1.0 / step), Optional.of(2.0 / step), Optional.of(5e-5),
                    Optional.of(1.0), step * 100L, Optional.of(1000.0), Optional.empty(), Optional.empty()));
        }
        for (int checkpoint = 0; checkpoint < CHECKPOINTS; checkpoint++) {
            int step = checkpoint * STEPS / CHECKPOINTS;
            send(producer, Topics.CHECKPOINTS, new Checkpoint(
                    run, step, 1, false, "file:///checkpoints/" + run + "/" + step, "sha256:" + "0".repeat(64), Optional.of(1.0),
                    Optional.of(1.0), step, step, "alpaca", START));
            int questions = questions(run, step);
            for (int index = 0; index < questions; index++) {
                send(producer, Topics.RESPONSES, Samples.response(
                        run, step, index, questions, "The reference answer to question " + index,
                        "What the model of step " + step + " makes of question " + index));
            }
        }
    }

    /** One checkpoint has as many as the largest that is promised: a page of them is what is read at once. */
    private static int questions(String run, int step) {
        return run.equals(LARGEST) && step == 0 ? MANY : RESPONSES;
    }

    private static <E extends Event> void send(KafkaProducer<String, Event> producer, Topic<E> topic, E event) {
        producer.send(new ProducerRecord<>(topic.name(), event.key(), event));
    }

    private boolean everythingIsGraded() {
        int complete = 0;
        for (Map<String, Object> run : get("/runs").jsonPath().<Map<String, Object>>getList("")) {
            complete += ((Number) ((Map<?, ?>) run.get("exams")).get("checkpoints")).intValue();
        }
        return complete >= RUNS * CHECKPOINTS;
    }

    private void openThePage() {
        try (Browser browser = Browser.open()) {
            Page page = browser.page(1280, 900, ColorScheme.LIGHT);
            page.navigate("about:blank");
            time("the page with its list of runs", () -> {
                page.navigate(address);
                assertThat(page.locator("tr[data-run]")).hasCount(
                        RUNS, new LocatorAssertions.HasCountOptions().setTimeout(Browser.PATIENCE_MS));
            });
            time("a run with its scores and answers", () -> {
                page.navigate("about:blank"); // another address behind '#' alone would load nothing
                page.navigate(address + "#/runs/" + LARGEST);
                assertThat(page.locator("article.example").first()).isVisible();
            });
        }
    }

    private static void time(String what, Runnable work) {
        long best = Long.MAX_VALUE;
        for (int turn = 0; turn < 3; turn++) {
            long begun = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - begun);
        }
        System.out.printf("%s: %d ms%n", what, best / 1_000_000);
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
