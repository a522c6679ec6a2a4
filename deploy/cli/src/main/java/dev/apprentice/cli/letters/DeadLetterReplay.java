package dev.apprentice.cli.letters;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.contracts.topic.TransactionalIds;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.log.Broker;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes dead letters back to the topics they came from.
 *
 * <p>The record, and a mark on the topic of dead letters that it was resent, are one transaction: both are written or neither is.
 * Replays exclude each other: a new one waits until the records of the previous one can be read, and aborts what that one has not
 * finished. So a replay that begins after another sends nothing twice.
 */
public final class DeadLetterReplay implements AutoCloseable {

    /** Header of a mark: the origin of the letter that was resent. */
    private static final String SENT_AGAIN = "dead-letter-sent-again";

    /** The largest limit that a topic can have; the topic's own limit decides. */
    private static final int LARGEST_RECORD_BYTES = 32 << 20;

    private static final int PATIENCE_MS = 10_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final WholeRecord wholeRecord;

    /** Connects to the broker. @throws CommandException if it does not respond */
    public DeadLetterReplay(Broker broker) {
        wholeRecord = new WholeRecord(broker);
        producer = connect(broker);
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close();
            throw broker.cannotBeUsed(e);
        }
    }

    private static KafkaProducer<byte[], byte[]> connect(Broker broker) {
        try {
            return new KafkaProducer<>(
                    broker.settings(Map.of(
                            ProducerConfig.CLIENT_ID_CONFIG, TransactionalIds.DEAD_LETTERS,
                            ProducerConfig.TRANSACTIONAL_ID_CONFIG, TransactionalIds.DEAD_LETTERS,
                            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_RECORD_BYTES,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS,
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS)),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        } catch (KafkaException e) {
            throw broker.cannotBeUsed(e);
        }
    }

    /**
     * Writes a letter's record back to its topic; it is durable on return. The letter itself stays.
     *
     * @throws CommandException if it cannot be written back, with the reason
     */
    public void send(Letter letter) {
        if (letter.topic().isEmpty()) {
            throw new CommandException("Dead letter " + letter.id() + " does not name its topic.");
        }
        if (letter.isBatch()) {
            throw new CommandException("Dead letter " + letter.id() + " is a batch of " + letter.topic().get()
                    + ": batches are learned in their order, so it cannot come later; start a new run instead.");
        }
        ProducerRecord<byte[], byte[]> record = record(letter);
        try {
            producer.beginTransaction();
            Future<?> sent = producer.send(record);
            producer.send(mark(letter));
            sent.get();
            producer.commitTransaction();
        } catch (ExecutionException e) {
            producer.abortTransaction();
            throw refused(letter, e.getCause());
        } catch (KafkaException e) {
            throw refused(letter, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(letter, e);
        }
    }

    private ProducerRecord<byte[], byte[]> record(Letter letter) {
        if (letter.wholeBytes().isEmpty()) {
            return letter.asItCame();
        }
        ConsumerRecord<byte[], byte[]> whole = wholeRecord.of(letter);
        return new ProducerRecord<>(whole.topic(), whole.partition(), whole.key(), whole.value(), whole.headers());
    }

    private static ProducerRecord<byte[], byte[]> mark(Letter letter) {
        ProducerRecord<byte[], byte[]> mark = new ProducerRecord<>(
                Topics.DEAD_LETTERS, letter.record().partition(), letter.record().key(), null);
        mark.headers().add(SENT_AGAIN, letter.origin().getBytes(StandardCharsets.UTF_8));
        return mark;
    }

    /** Returns the origin of the letter that was resent, if this record is a mark; else empty. */
    static Optional<String> marked(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.headers().lastHeader(SENT_AGAIN)).map(Header::value).map(Letter::text);
    }

    private static CommandException refused(Letter letter, Throwable why) {
        return new CommandException(
                "Dead letter " + letter.id() + " could not be written to " + letter.topic().orElseThrow() + ": "
                        + why.getMessage() + ".",
                why);
    }

    @Override
    public void close() {
        producer.close();
    }
}
