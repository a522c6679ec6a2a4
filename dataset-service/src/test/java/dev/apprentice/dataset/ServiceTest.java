package dev.apprentice.dataset;

import static io.restassured.RestAssured.given;

import dev.apprentice.testkit.BrokerResource;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import io.quarkus.test.common.QuarkusTestResource;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Base class of tests of the whole service with a real broker. Each test uses names of its own. */
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(TestHome.class)
public abstract class ServiceTest {

    @TempDir
    protected Path folder;

    protected KafkaTopics topics;
    protected String name;

    @BeforeEach
    void chooseName() {
        name = "t-" + UUID.randomUUID();
    }

    /** Returns a tiny model with a byte-level tokenizer: 257 ids, 256 positions. */
    protected Path tinyModel() {
        return Fixtures.modelFolder("tiny-gpt2", folder.resolve("model"));
    }

    protected static void upload(String dataset, byte[] data) {
        given().contentType("application/json").body(data).post("/datasets/" + dataset).then().statusCode(201);
    }

    /** Returns distinct examples as JSON lines. */
    protected static byte[] examples(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"instruction\": \"Double it.\", \"input\": \"%d\", \"output\": \"%d\"}\n".formatted(i, 2 * i));
        }
        return lines.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
