package dev.apprentice.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What version 0.1 wrote lies on topics for as long as they keep it: {@code golden/0.1/*.json} never change. */
class FirstVersionTest {

    static Stream<Topic<?>> topics() {
        return Stream.concat(Topics.STANDING.stream(), Stream.of(Topics.batches("first-run")));
    }

    @ParameterizedTest
    @MethodSource("topics")
    void everyFieldThatTheFirstVersionWroteIsReadAndMeansTheSame(Topic<?> topic) throws IOException {
        byte[] old = sample(topic);
        JsonNode rewritten = Json.MAPPER.valueToTree(topic.read(old));
        assertKept(Json.MAPPER.readTree(old), rewritten, topic.event().getSimpleName());
    }

    private static void assertKept(JsonNode before, JsonNode now, String place) {
        if (before.isObject()) {
            before.fields().forEachRemaining(field -> assertKept(
                    field.getValue(), now.path(field.getKey()), place + "." + field.getKey()));
        } else if (before.isArray()) {
            assertThat(now).as(place).hasSameSizeAs(before);
            for (int i = 0; i < before.size(); i++) {
                assertKept(before.get(i), now.get(i), place + "[" + i + "]");
            }
        } else if (before.isNumber()) {
            assertThat(now.doubleValue()).as(place).isEqualTo(before.doubleValue());
        } else {
            assertThat(now).as(place).isEqualTo(before);
        }
    }

    private static byte[] sample(Topic<?> topic) throws IOException {
        String name = topic.event().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        try (InputStream in = FirstVersionTest.class.getResourceAsStream("/golden/0.1/" + name + ".json")) {
            return in.readAllBytes();
        }
    }
}
