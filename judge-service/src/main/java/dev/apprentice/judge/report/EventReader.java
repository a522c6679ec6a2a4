package dev.apprentice.judge.report;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.service.kafka.DeadLetter;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jboss.logging.Logger;

/**
 * Reads a topic's records one by one, so that an unreadable record does not stop the others.
 *
 * <p>An unreadable record is forwarded as a dead letter. Tombstones are skipped: a score is corrected, never withdrawn.
 */
final class EventReader<E extends Event> extends ContextualProcessor<String, byte[], String, ReadRecord<E>> {

    private static final Logger LOG = Logger.getLogger(EventReader.class);

    private final Topic<E> topic;

    EventReader(Topic<E> topic) {
        this.topic = topic;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            E event = topic.read(record.headers(), record.value());
            context().forward(record.withValue(new ReadRecord<>(record.value(), Optional.of(event))));
        } catch (InvalidEventException reason) {
            LOG.warnf("a record goes to the dead letters: %s", reason.getMessage());
            ProducerRecord<String, byte[]> letter = letter(record, reason);
            context().forward(new Record<>(
                    letter.key(), new ReadRecord<E>(letter.value(), Optional.empty()), record.timestamp(), letter.headers()));
        }
    }

    private ProducerRecord<String, byte[]> letter(Record<String, byte[]> record, InvalidEventException reason) {
        RecordMetadata origin = context().recordMetadata().orElseThrow();
        ConsumerRecord<String, byte[]> consumed = new ConsumerRecord<>(
                origin.topic(), origin.partition(), origin.offset(),
                record.timestamp(), TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE, record.value().length,
                record.key(), record.value(), record.headers(), Optional.empty());
        return DeadLetter.of(consumed, reason);
    }
}
