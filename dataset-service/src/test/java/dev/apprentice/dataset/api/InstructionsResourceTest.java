package dev.apprentice.dataset.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.ServiceTest;
import dev.apprentice.testkit.KafkaTopics;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InstructionsResourceTest extends ServiceTest {

    private static final String SING = "{\"id\": \"sing\", \"instruction\": \"Sing.\", \"output\": \"La.\"}";

    @Test
    void everyLineIsJudgedByItselfAndTheGoodOnesAreInKafkaWhenTheAnswerComes() throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        lines.write((SING + "\n\n{\"instruction\": \"Sing.\"}\n{\"instruction\" 3}\r\n[1]\n").getBytes());
        lines.write(new byte[] {'"', (byte) 0xff, '"', '\n'});
        lines.write("{\"instruction\": \"Dance.\", \"input\": \"now\", \"output\": \"Hop.\", \"level\": 3}".getBytes());
        post(lines.toByteArray())
                .statusCode(202)
                .body("accepted", equalTo(2))
                .body("refused", equalTo(4))
                .body("refusals.line", equalTo(List.of(3, 4, 5, 6)))
                .body("refusals[0].field", equalTo("output"))
                .body("refusals[0].message", equalTo("is missing"))
                .body("refusals[1].message", startsWith("is not JSON at column 16"))
                .body("refusals[2].message", startsWith("is an array; expected an object"))
                .body("refusals[3].message", equalTo("is not UTF-8"));
        List<Instruction> taken = topics.read(Topics.INSTRUCTIONS).stream()
                .filter(instruction -> instruction.dataset().equals(name))
                .toList();
        assertThat(taken).hasSize(2).contains(new Instruction(name, "sing", "Sing.", "", "La."));
        assertThat(taken).filteredOn(one -> one.instruction().equals("Dance."))
                .singleElement()
                .satisfies(one -> assertThat(one.example()).hasSize(20));
    }

    @Test
    void whereNoLineCanBeUsedTheRequestIsRefused() {
        double uploads = refused("upload");
        double instructions = refused("topic");
        post("{}\n{\"instruction\": [3], \"output\": \"x\"}".getBytes())
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", startsWith("None of the 2 lines can be used; send a JSON object a line"))
                .body("violations", hasSize(2))
                .body("violations[1].line", equalTo(2))
                .body("violations[1].message", equalTo("is an array; expected text"));
        post(new byte[0]).statusCode(400).body("detail", startsWith("The body holds no lines;"));
        assertThat(refused("upload")).isEqualTo(uploads);
        assertThat(refused("topic")).isGreaterThanOrEqualTo(instructions + 2);
    }

    @Test
    void moreThanTheLimitIsCutOffAndSaidHowFarItCame() {
        post(examples(10_000))
                .statusCode(413)
                .body("title", equalTo("Too much at once"))
                .body("detail", endsWith("examples are accepted."))
                .body("accepted", org.hamcrest.Matchers.greaterThan(0));
    }

    @Test
    void aByteOrderMarkBeforeTheFirstLineIsPassedOver() {
        post(("\ufeff" + SING + "\n{\"instruction\": \"Dance.\", \"output\": \"Hop.\"}").getBytes(StandardCharsets.UTF_8))
                .statusCode(202)
                .body("accepted", equalTo(2))
                .body("refused", equalTo(0));
    }

    @Test
    void aLineBeyondTheParsersLimitsIsRefusedAloneAndWhatIsNotLearnedIsSaid() {
        String large = "{\"instruction\": \"x\", \"output\": \"y\", \"m\": %s}\n";
        post((SING + "\n" + large.formatted("9".repeat(1001)) + large.formatted("[".repeat(1001) + "]".repeat(1001))
                + SING + SING + "\n{\"instruction\": \"a\", \"instruction\": \"b\", \"output\": \"y\"}\n"
                + large.formatted("true")).getBytes())
                .statusCode(202)
                .body("accepted", equalTo(2))
                .body("refusals.line", equalTo(List.of(2, 3, 4, 5)))
                .body("refusals[0].message", equalTo("cannot be read at column 1043: Number value length (1001) exceeds the"
                        + " maximum allowed (1000)"))
                .body("refusals[1].message", endsWith("Document nesting depth (1001) exceeds the maximum allowed (1000)"))
                .body("refusals[2].message", equalTo("holds more than one JSON value; send one object a line"))
                .body("refusals[3].message", containsString("Duplicate field 'instruction'"))
                .body("ignoredFields", equalTo(Map.of("m", 1)));
    }

    @Test
    void whatIsSentBelongsToItsSendersTrace() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        given().contentType("application/x-ndjson")
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .body(SING.getBytes())
                .post("/datasets/" + name + "/instructions")
                .then()
                .statusCode(202);
        assertThat(topics.records(Topics.INSTRUCTIONS.name()))
                .filteredOn(record -> (name + "/sing").equals(record.key()))
                .extracting(record -> KafkaTopics.header(record, "traceparent"))
                .singleElement()
                .asString()
                .startsWith("00-" + trace + "-");
    }

    @Test
    void aWithdrawalIsATombstone() {
        given().delete("/datasets/" + name + "/instructions/sing").then().statusCode(202);
        assertThat(topics.records(Topics.INSTRUCTIONS.name()))
                .filteredOn(record -> (name + "/sing").equals(record.key()))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isNull());
    }

    @Test
    void namesThatCannotBeNamesAreRefused() {
        given().contentType("application/json").body(SING).post("/datasets/{name}/instructions", "a b").then()
                .statusCode(400)
                .body("detail", startsWith("'a b' cannot name a dataset; a name has"));
        given().delete("/datasets/{name}/instructions/{example}", name, "a b").then()
                .statusCode(400)
                .body("detail", containsString("'a b' cannot name an example"));
    }

    /** Returns how many examples that came this way were refused, as Prometheus reads it. */
    private static double refused(String source) {
        return given().get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith("apprentice_dataset_examples_total{")
                        && line.contains("result=\"refused\"") && line.contains("source=\"" + source + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private ValidatableResponse post(byte[] body) {
        return given().contentType("application/x-ndjson").body(body).post("/datasets/" + name + "/instructions").then();
    }
}
