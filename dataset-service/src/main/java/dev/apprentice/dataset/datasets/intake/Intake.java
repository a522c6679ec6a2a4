package dev.apprentice.dataset.datasets.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.event.RejectedEntry;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.DatasetMetrics.Source;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.datasets.reading.LineCheck;
import dev.apprentice.dataset.datasets.reading.outcome.IgnoredFields;
import dev.apprentice.dataset.datasets.reading.outcome.Violation;
import dev.apprentice.dataset.datasets.reading.text.DataJson;
import dev.apprentice.dataset.datasets.reading.text.JsonFault;
import dev.apprentice.dataset.datasets.reading.text.Lines;
import dev.apprentice.dataset.persistence.EventProducers;
import dev.apprentice.dataset.persistence.EventPublisher;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/**
 * Reads examples as JSON lines and publishes the usable ones as instructions.
 *
 * <p>Each line is checked by itself, so a bad line does not hold up the good ones around it. Sending a line again is harmless. No
 * more is read than Kafka accepts, so the broker limits the sender's speed and memory stays bounded.
 */
@ApplicationScoped
public class Intake {

    /** How many refusals are reported in full; the others are only counted. */
    static final int REPORTED = 100;

    private static final int RECORDS_AT_A_TIME = 1_000;
    private static final int BYTES_AT_A_TIME = 1 << 20;

    /** Limit of a line's bytes for each byte of an example: a line may escape its characters, and have fields that are not learned. */
    private static final int LINE_TO_EXAMPLE = 2;

    private final EventPublisher events;
    private final DatasetMetrics metrics;
    private final ExampleSize size;
    private final int longestLine;

    Intake(EventProducers producers, DatasetMetrics metrics, ExampleSize size) {
        this.events = EventPublisher.forRequests(producers);
        this.metrics = metrics;
        this.size = size;
        this.longestLine = LINE_TO_EXAMPLE * size.largest();
    }

    /**
     * Reads all lines; Kafka has everything that is accepted when this returns.
     *
     * @throws IntakeException if the sender or Kafka fails; it tells how many were accepted until then
     */
    public Receipt takeIn(String dataset, InputStream ndjson) {
        Session session = new Session(dataset);
        try {
            session.readAll(new Lines(ndjson, longestLine));
        } catch (IOException | KafkaException e) {
            throw new IntakeException(session.accepted, e);
        } finally {
            metrics.examplesRefused(Source.TOPIC, Math.toIntExact(session.refused));
        }
        return new Receipt(session.accepted, session.refused, session.refusals, session.ignored.counted().examples());
    }

    /** Withdraws an example, which will not be learned, repeated or asked any more. */
    public void withdraw(String dataset, String example) {
        events.withdraw(Topics.INSTRUCTIONS, dataset + "/" + example);
    }

    @PreDestroy
    void close() {
        events.close();
    }

    /** The state for one sender's lines. */
    private final class Session {

        private final String dataset;
        private final List<Refusal> refusals = new ArrayList<>();
        private final IgnoredFields.Counter ignored = new IgnoredFields.Counter();
        private final List<Instruction> waiting = new ArrayList<>();
        private final List<RejectedEntry> rejected = new ArrayList<>();
        private long waitingBytes;
        private long accepted;
        private long refused;

        Session(String dataset) {
            this.dataset = dataset;
        }

        void readAll(Lines lines) throws IOException {
            for (Optional<Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (!line.get().isBlank()) {
                    read(line.get());
                }
                if (waiting.size() + rejected.size() >= RECORDS_AT_A_TIME || waitingBytes >= BYTES_AT_A_TIME) {
                    publish();
                }
            }
            publish();
        }

        private void read(Lines.Line line) {
            if (line.isTruncated()) {
                refuse(line, Optional.empty(), "is %,d bytes long; the limit is %,d".formatted(
                        line.length(), longestLine));
                return;
            }
            try {
                String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.content())).toString();
                read(line, text);
            } catch (CharacterCodingException e) {
                refuse(line, Optional.empty(), "is not UTF-8");
            } catch (IOException e) {
                throw new IllegalStateException("text in memory can be read", e);
            }
        }

        private void read(Lines.Line line, String text) throws IOException {
            try (JsonParser json = Json.MAPPER.createParser(text)) {
                DataJson.prepare(json);
                read(line, json);
            }
        }

        private void read(Lines.Line line, JsonParser json) throws IOException {
            LineCheck check;
            try {
                JsonNode entry = DataJson.value(json);
                if (json.nextToken() != null) {
                    refuse(line, Optional.empty(), "holds more than one JSON value; send one object a line");
                    return;
                }
                check = LineCheck.of(entry, size);
            } catch (JsonProcessingException e) {
                refuse(line, Optional.empty(), JsonFault.of(e, json).inLine());
                return;
            }
            check.example().ifPresent(example -> accept(example, line));
            ignored.add(check.ignored());
            if (check.example().isEmpty()) {
                Violation first = check.violations().get(0);
                refuse(line, first.field(), first.message());
            }
        }

        private void accept(Example example, Lines.Line line) {
            waiting.add(example.in(dataset));
            waitingBytes += line.length();
        }

        private void refuse(Lines.Line line, Optional<String> field, String message) {
            refused++;
            rejected.add(new RejectedEntry(dataset, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(line.number()),
                    Optional.empty(), field, message));
            if (refusals.size() < REPORTED) {
                refusals.add(new Refusal(line.number(), field, message));
            }
        }

        private void publish() {
            events.publish(Topics.INSTRUCTIONS, waiting);
            accepted += waiting.size();
            waiting.clear();
            events.publish(Topics.REJECTS, rejected);
            rejected.clear();
            waitingBytes = 0;
        }
    }
}
