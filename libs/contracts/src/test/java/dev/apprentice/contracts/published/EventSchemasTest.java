package dev.apprentice.contracts.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * docs/events and docs/asyncapi.json are what the records say.
 *
 * <p>After a change of an event, write them anew with {@code mvn -pl libs/contracts test -Dapprentice.write-docs}.
 */
class EventSchemasTest {

    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path DOCS = MODULE.getParent().getParent().resolve("docs");
    private static final Path GOLDEN = MODULE.resolve("src/test/resources/golden");
    private static final EventSchema SCHEMAS = new EventSchema(MODULE.resolve("src/main/java/dev/apprentice/contracts"));
    private static final JsonSchemaFactory DRAFT_7 = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

    static List<Topic<?>> topics() {
        return Stream.concat(Topics.PROVISIONED.stream(), Stream.of(Topics.batches("first-run"))).toList();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theSchemaIsThatOfTheRecord(Topic<?> topic) throws IOException {
        hold(DOCS.resolve("events").resolve(file(topic)), SCHEMAS.of(topic, sample(topic)));
    }

    /** What was ever written on a topic fits, and what its reader refuses for a missing field does not. */
    @ParameterizedTest
    @MethodSource("topics")
    void everyGoldenSampleOfAnyVersionFitsItAndOneWithoutARequiredFieldDoesNot(Topic<?> topic) throws IOException {
        JsonNode json = Json.MAPPER.readTree(DOCS.resolve("events").resolve(file(topic)).toFile());
        JsonSchema schema = DRAFT_7.getSchema(json);
        List<Path> samples;
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            samples = files.filter(file -> file.getFileName().toString().matches(name(topic) + "(-.*)?\\.json")).toList();
        }
        assertThat(samples).isNotEmpty();
        for (Path sample : samples) {
            assertThat(schema.validate(Json.MAPPER.readTree(sample.toFile()))).as(sample.toString()).isEmpty();
        }
        assertThat(json.path("required")).isNotEmpty();
        ObjectNode lacking = sample(topic);
        lacking.remove(json.path("required").get(0).asText());
        assertThat(schema.validate(lacking)).isNotEmpty();
    }

    @Test
    void everyTopicIsInTheAsyncApi() throws IOException {
        AsyncApi api = new AsyncApi();
        for (Topic<?> topic : topics()) {
            boolean ofARun = topic.name().startsWith(Topics.BATCHES_PREFIX);
            String address = ofARun ? Topics.BATCHES_PREFIX + "{run}" : topic.name();
            String description = SCHEMAS.of(topic, sample(topic)).path("description").asText();
            api.with(ofARun ? "batches" : topic.name().substring(Topics.PREFIX.length()), address, topic, description,
                    topic.read(Json.MAPPER.writeValueAsBytes(sample(topic))).key());
        }
        hold(DOCS.resolve("asyncapi.json"), api.withDeadLetters().toJson());
    }

    private static void hold(Path file, ObjectNode json) throws IOException {
        if (System.getProperty("apprentice.write-docs") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, Json.MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json) + "\n");
        }
        assertThat(Json.MAPPER.readTree(file.toFile())).isEqualTo(Json.MAPPER.readTree(json.toString()));
    }

    private static ObjectNode sample(Topic<?> topic) throws IOException {
        return (ObjectNode) Json.MAPPER.readTree(GOLDEN.resolve(name(topic) + ".json").toFile());
    }

    private static String name(Topic<?> topic) {
        return topic.event().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    static String file(Topic<?> topic) {
        return name(topic) + ".schema.json";
    }
}
