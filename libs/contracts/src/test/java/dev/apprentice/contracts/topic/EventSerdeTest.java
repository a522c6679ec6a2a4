package dev.apprentice.contracts.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.event.Instruction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventSerdeTest {

    private static final Instruction EXAMPLE = new Instruction("d", "1", "Say hello.", "", "Hello.");
    private static final String TOPIC = Topics.INSTRUCTIONS.name();

    private final EventSerializer<Event> serializer = new EventSerializer<>();
    private final EventDeserializer<Event> deserializer = new EventDeserializer<>();

    @Test
    void whatIsWrittenCanBeRead() {
        assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, EXAMPLE))).isEqualTo(EXAMPLE);
    }

    @Test
    void theHeadersCarryTheCloudEventsAttributes() {
        serializer.configure(Map.of("client.id", "dataset-service"), false);
        RecordHeaders headers = new RecordHeaders();
        serializer.serialize(TOPIC, headers, EXAMPLE);
        assertThat(text(headers, "ce_specversion")).isEqualTo("1.0");
        assertThat(text(headers, "ce_type")).isEqualTo("dev.apprentice.instruction.v1");
        assertThat(text(headers, "ce_source")).isEqualTo("/apprentice/dataset-service");
        assertThat(text(headers, "ce_id")).isNotBlank();
        assertThat(Instant.parse(text(headers, "ce_time"))).isNotNull();
        assertThat(text(headers, "content-type")).isEqualTo("application/json");
    }

    @Test
    void aRecordOfAnUnknownTypeIsNotReadAsIfItWereKnown() {
        RecordHeaders headers = new RecordHeaders();
        byte[] json = serializer.serialize(TOPIC, headers, EXAMPLE);
        assertThat(Topics.INSTRUCTIONS.read(headers, json)).isEqualTo(EXAMPLE);
        assertThat(Topics.INSTRUCTIONS.read(new RecordHeaders(), json)).isEqualTo(EXAMPLE);
        headers.remove("ce_type").add("ce_type", "dev.apprentice.instruction.v2".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Topics.INSTRUCTIONS.read(headers, json))
                .isInstanceOf(InvalidEventException.class)
                .hasMessage("a record of apprentice.instructions is of type 'dev.apprentice.instruction.v2', which this version"
                        + " does not know; it reads 'dev.apprentice.instruction.v1'");
    }

    @Test
    void aTombstoneStaysOne() {
        assertThat(serializer.serialize(TOPIC, new RecordHeaders(), null)).isNull();
        assertThat(deserializer.deserialize(TOPIC, null)).isNull();
    }

    @Test
    void anEventOnTheWrongTopicIsRefused() {
        assertThatThrownBy(() -> serializer.serialize(Topics.RUNS.name(), new RecordHeaders(), EXAMPLE))
                .isInstanceOf(SerializationException.class)
                .hasMessage("an event of type Instruction does not belong on topic 'apprentice.runs'");
    }

    private static String text(RecordHeaders headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
