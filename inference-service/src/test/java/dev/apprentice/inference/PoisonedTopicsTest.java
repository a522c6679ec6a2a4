package dev.apprentice.inference;

import static dev.apprentice.inference.Patience.await;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.contracts.event.ResponseBuilder;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.KafkaTopics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that no channel ends because of mutated, replayed, reordered or large records. It has its own instance and broker,
 * because other tests must not read these records; starting them takes most of the time.
 */
@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestProfile(PoisonedTopicsTest.Own.class)
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
class PoisonedTopicsTest {

    public static class Own implements QuarkusTestProfile {}

    private static final int RECORDS = 90;
    private static final int PARTITIONS = 3;
    private static final int LARGE = 900_000;

    @TempDir
    private static Path models;

    private KafkaTopics topics;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private final Random random = new Random(20261128);

    /** This test comes first, because nothing has been announced on this broker yet. */
    @Test
    @Order(1)
    void saysThatThereIsNothingToAskYet() {
        given().contentType(ContentType.JSON).body(Map.of("instruction", "Hello.")).post("/ask").then()
                .statusCode(409)
                .body("detail", containsString("no checkpoint has been announced yet; start a run"));
    }

    @Test
    @Order(2)
    void whatComesBehindAnyRecordIsUsed() throws Exception {
        TinyCheckpoint checkpoint = TinyCheckpoint.pretrained(models.resolve("behind"));
        List<Event> sound = List.of(
                checkpoint.prompt("poisoned", 0, 0, 3, "Before.", 2),
                checkpoint.announced("poisoned", 0, Instant.EPOCH),
                response("poisoned", 0));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1 << 20),
                new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(poison(sound.get(i % sound.size())));
            }
            producer.flush(); // sent before, because the broker refuses a whole request for one record without a key
            for (int partition = 0; partition < PARTITIONS; partition++) {
                send(producer, partition, checkpoint.prompt("behind", partition, 0, 1, "Behind.", 2));
                send(producer, partition, checkpoint.announced("behind-" + partition, 1, Instant.now()));
                send(producer, partition, response("kept-" + partition, 0));
            }
        }

        List<Response> answers = topics.await(
                Topics.RESPONSES, PARTITIONS, answer -> answer.run().equals("behind") && answer.unanswered().isEmpty());
        assertThat(answers).extracting(Response::step).contains(0, 1, 2);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String run = "behind-" + partition;
            await().until(() -> given().contentType(ContentType.JSON)
                    .body(Map.of("instruction", "Hello.", "run", run, "maxNewTokens", 1))
                    .post("/ask").statusCode() == 200);
            String path = "/runs/kept-" + partition + "/responses";
            await().until(() -> get(path).statusCode() == 200);
        }
        get("/q/health/live").then().statusCode(200);
        await().until(() -> get("/q/health/ready").statusCode() == 200);
    }

    private ProducerRecord<String, byte[]> poison(Event event) throws JsonProcessingException {
        byte[] json = Json.MAPPER.writeValueAsBytes(event);
        byte[] value = switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(json, random.nextInt(json.length));
            case 1 -> withAnotherByte(json);
            case 2 -> random.nextInt(20) == 0 ? new byte[LARGE] : null;
            case 3 -> json; // replayed
            default -> withAnotherField(event);
        };
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic(event), random.nextInt(PARTITIONS), random.nextBoolean() ? event.key() : null, value);
        byte[] header = random.nextBoolean() ? null : new byte[] {(byte) random.nextInt(256)};
        switch (random.nextInt(4)) {
            case 0 -> record.headers().add("ce_type", header);
            case 1 -> record.headers().add("traceparent", header);
            default -> { } // without headers, like a plain client's record
        }
        return record;
    }

    private byte[] withAnotherByte(byte[] json) {
        byte[] changed = json.clone();
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        return changed;
    }

    private byte[] withAnotherField(Event event) throws JsonProcessingException {
        ObjectNode json = Json.MAPPER.valueToTree(event);
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        List<String> values = List.of("null", "-1", "2147483647", "1e308", "99999999999999999999", "\"\"", "\"\\u0000\"",
                "\"../../etc\"", "[]", "{}", "true", "\"" + "x".repeat(50_000) + "\"", "[".repeat(900) + "]".repeat(900));
        String value = values.get(random.nextInt(values.size()));
        json.set(names.get(random.nextInt(names.size())), Json.MAPPER.readTree(value));
        return Json.MAPPER.writeValueAsBytes(json);
    }

    private static void send(KafkaProducer<String, byte[]> producer, int partition, Event event) throws Exception {
        producer.send(new ProducerRecord<>(topic(event), partition, event.key(), Json.MAPPER.writeValueAsBytes(event))).get();
    }

    private static String topic(Event event) {
        return Topics.STANDING.stream()
                .filter(topic -> topic.event().isInstance(event)).findFirst().orElseThrow().name();
    }

    private static Response response(String run, int index) {
        return ResponseBuilder.builder()
                .run(run)
                .step(0)
                .example("example-" + index)
                .index(index)
                .of(1)
                .instruction("instruction")
                .input("")
                .output("output")
                .response("answer")
                .finishReason(FinishReason.STOP)
                .promptTokens(3)
                .generatedTokens(2)
                .seconds(0.1)
                .build();
    }
}
