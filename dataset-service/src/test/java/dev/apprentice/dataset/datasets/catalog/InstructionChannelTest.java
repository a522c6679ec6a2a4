package dev.apprentice.dataset.datasets.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.event.RejectedEntry;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.ServiceTest;
import dev.apprentice.dataset.datasets.download.Incoming;
import dev.apprentice.dataset.datasets.download.TooLargeException;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.datasets.reading.ReadSettings;
import dev.apprentice.dataset.persistence.Home;
import dev.apprentice.dataset.persistence.SharedLock;
import dev.apprentice.dataset.run.Assignment.TakeOver;
import dev.apprentice.testkit.KafkaTopics;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InstructionChannelTest extends ServiceTest {

    @Inject
    Catalog catalog;

    @Inject
    RejectsPublisher rejects;

    @Inject
    Home home;

    @Test
    void examplesFromAnywhereMakeADataset() {
        publish("one", "Sing.", "La.");
        publish("two", "Dance.", "Hop.");
        awaitExamples(new Example("one", "Sing.", "", "La."), new Example("two", "Dance.", "", "Hop."));
    }

    @Test
    void whatAnEarlierProcessDidNotPublishOfItsRejectsIsPublishedAtTheStart() throws IOException {
        upload(name, "{\"instruction\": \"Add.\", \"output\": \"3\"}\n{\"instruction\": \"Hum.\", \"id\": \"h\"}".getBytes());
        topics.await(Topics.REJECTS, 1, entry -> entry.dataset().equals(name));
        Path left = home.resolve("unpublished-rejects").resolve(name);
        await().until(() -> Files.notExists(left));

        Files.createFile(left);
        rejects.resume(new TakeOver());

        assertThat(topics.await(Topics.REJECTS, 2, entry -> entry.dataset().equals(name))).allSatisfy(entry -> assertThat(entry).isEqualTo(
                new RejectedEntry(name, Optional.of(1), Optional.empty(), Optional.of(1), Optional.of(2L), Optional.of("h"),
                        Optional.of("output"), "is missing")));
        await().until(() -> Files.notExists(left));
    }

    @Test
    void whatDoesNotFitIntoMemoryIsRefusedWithTheWayOut() throws IOException {
        Incoming endless = Incoming.of(new InputStream() {
            @Override
            public int read() {
                throw new OutOfMemoryError("Java heap space");
            }
        }, "endless.jsonl");
        assertThatThrownBy(() -> catalog.put(name, new Upload(endless, "upload", ReadSettings.USUAL)))
                .isInstanceOf(TooLargeException.class)
                .hasMessage("The data needs more memory than dataset-service has (Java heap space); give its JVM more, or upload it as several"
                        + " datasets. Nothing was stored.");
        assertThat(catalog.find(name)).isEmpty();
    }

    @Test
    void examplesJoinWhatWasUploaded() {
        upload(name, "{\"instruction\": \"Add.\", \"output\": \"3\", \"id\": \"sum\"}".getBytes());
        publish("one", "Sing.", "La.");
        awaitExamples(new Example("sum", "Add.", "", "3"), new Example("one", "Sing.", "", "La."));
    }

    @Test
    void examplesForADatasetThatIsHeldAndNotLetGoWaitAndThoseOfOthersGoOn() throws IOException {
        String free = name + "-free";
        try (SharedLock frozen = SharedLock.tryLock(home.lockOf("datasets", name)).orElseThrow()) {
            publish("one", "Sing.", "La.");
            topics.publish(Topics.INSTRUCTIONS, new Instruction(free, "two", "Dance.", "", "Hop."));
            await().until(() -> catalog.find(free).isPresent());
            publish("one", "Sing.", "Lalala.");
            topics.publish(Topics.INSTRUCTIONS, new Instruction(free, "three", "Hum.", "", "Mm."));
            await().until(() -> catalog.find(free).orElseThrow().examples() == 2);
            assertThat(catalog.find(name)).isEmpty();
        }
        awaitExamples(new Example("one", "Sing.", "", "Lalala."));
    }

    @Test
    void aDatasetThatIsHeldIsSaidToBeWithATimeToAskAgain() throws IOException {
        upload(name, examples(3));
        try (SharedLock frozen = SharedLock.tryLock(home.lockOf("datasets", name)).orElseThrow()) {
            RestAssured.get("/datasets/" + name).then().statusCode(200).body("examples", is(3));
            RestAssured.get("/datasets/" + name + "/rejects").then().statusCode(503)
                    .header("Retry-After", "30")
                    .body("title", is("Dataset in use"))
                    .body("detail", is("Nothing was changed: dataset '" + name + "' is being changed by another request or another"
                            + " dataset-service, which has not finished within 2 s; if a dataset-service hangs, end it or let it go on."
                            + " Then send it again."));
            assertThat(datasetsAreWell()).isEqualTo("DOWN datasets that another dataset-service has held for too long: 1; the log names"
                    + " them. If that service hangs, end it or let it go on");
            RestAssured.get("/q/health/ready").then().statusCode(200);
        }
        assertThat(datasetsAreWell()).isEqualTo("UP null");
    }

    @Test
    void anExampleOfTheSameIdCorrectsTheEarlierOne() {
        publish("one", "Sing.", "Boo.");
        publish("two", "Dance.", "Hop.");
        publish("one", "Sing.", "La.");
        publish("one", "Sing.", "La.");
        awaitExamples(new Example("one", "Sing.", "", "La."), new Example("two", "Dance.", "", "Hop."));
    }

    @Test
    void aTombstoneWithdrawsAnExample() {
        publish("one", "Sing.", "La.");
        publish("two", "Dance.", "Hop.");
        topics.publishText(Topics.INSTRUCTIONS.name(), name + "/one", null);
        awaitExamples(new Example("two", "Dance.", "", "Hop."));
    }

    @Test
    void poisonGoesToTheDeadLettersAndTheRecordsAroundItStay() {
        publish("one", "Sing.", "La.");
        topics.publishText(Topics.INSTRUCTIONS.name(), name, "{\"dataset\": \"" + name + "\", \"example\": \"x\"}");
        topics.publishText(Topics.INSTRUCTIONS.name(), name + "/half", """
                {"dataset": "%s", "example": "half", "instruction": "Smile \\ud83d", "output": "x"}""".formatted(name));
        topics.publishText(Topics.INSTRUCTIONS.name(), name + "-no-slash", null);
        topics.publishText(Topics.INSTRUCTIONS.name(), name + "/old", """
                {"dataset": "%s", "example": "old", "instruction": "Hum.", "output": "Mm.", "later": [1]}""".formatted(name));
        publish("two", "Dance.", "Hop.");

        assertThat(topics.awaitDeadLetter("field 'instruction' is missing").key()).isEqualTo(name);
        topics.awaitDeadLetter("field 'instruction' contains an unpaired surrogate, which is not a character");
        topics.awaitDeadLetter("but its key '" + name + "-no-slash' is not 'dataset/example'");
        awaitExamples(
                new Example("one", "Sing.", "", "La."),
                new Example("old", "Hum.", "", "Mm."),
                new Example("two", "Dance.", "", "Hop."));
    }

    @Test
    void rubbishAsLargeAsTheTopicTakesIsDeadLetteredInPartAndTheChannelGoesOn() {
        topics.publishLargest(Topics.INSTRUCTIONS.name(), name + "/rubbish");
        publish("one", "Sing.", "La.");

        ConsumerRecord<String, byte[]> letter = topics.awaitDeadLetter("not JSON at line 1");
        assertThat(letter.key()).isEqualTo(name + "/rubbish");
        assertThat(letter.value()).hasSize(64 * 1024);
        assertThat(KafkaTopics.header(letter, "dead-letter-whole-bytes"))
                .isEqualTo(Integer.toString(8 * 1024 * 1024 - 200 + name.length() + "/rubbish".length()));
        assertThat(KafkaTopics.header(letter, "dead-letter-topic")).isEqualTo("apprentice.instructions");
        awaitExamples(new Example("one", "Sing.", "", "La."));
    }

    @Test
    void anInstructionWhosePromptWouldNotFitIntoARecordIsDeadLettered() {
        publish("large", "x".repeat(2_100_000), "La.");
        publish("one", "Sing.", "La.");
        assertThat(topics.awaitDeadLetter("example 'large' has 2,100,").key()).isEqualTo(name + "/large");
        awaitExamples(new Example("one", "Sing.", "", "La."));
    }

    private static String datasetsAreWell() {
        JsonPath health = RestAssured.get("/q/health/well").jsonPath();
        String check = "checks.find { it.name == 'Datasets' }";
        return health.getString(check + ".status") + " " + health.getString(check + ".data.reason");
    }

    private void publish(String example, String instruction, String output) {
        topics.publish(Topics.INSTRUCTIONS, new Instruction(name, example, instruction, "", output));
    }

    /** Records of different keys may arrive in any order. */
    private void awaitExamples(Example... expected) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(examples()).containsExactlyInAnyOrder(expected));
    }

    private List<Example> examples() throws IOException {
        Path now = folder.resolve("now.jsonl");
        Files.deleteIfExists(now);
        catalog.keepAlso(name, now);
        List<Example> examples = new ArrayList<>();
        if (Files.exists(now)) {
            ExampleLines.forEach(now, examples::add);
        }
        return examples;
    }
}
