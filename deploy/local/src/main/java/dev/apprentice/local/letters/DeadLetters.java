package dev.apprentice.local.letters;

import dev.apprentice.contracts.Topics;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.log.TopicReader;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What no service could use. */
public final class DeadLetters {

    private static final int PATIENCE_MS = 10_000;

    private final String bootstrapServers;

    public DeadLetters(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** All of them, oldest first. */
    public List<Letter> all() {
        return new TopicReader(bootstrapServers)
                .records(Topics.DEAD_LETTERS).stream()
                        .map(Letter::new)
                        .sorted(Comparator.comparing(Letter::at).thenComparing(Letter::id))
                        .toList();
    }

    /** @throws CommandException if there is none of this id */
    public Letter find(String id) {
        return all().stream()
                .filter(letter -> letter.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        "There is no dead letter " + id + "; `apprentice dead-letters list` shows those there are."));
    }

    /**
     * Writes a letter's record back to its topic; it is durably there on return. The letter stays where it is.
     *
     * @throws CommandException if it cannot go back, with the reason
     */
    public void replay(Letter letter) {
        if (letter.topic().isEmpty()) {
            throw new CommandException("Dead letter " + letter.id() + " does not say which topic it came from.");
        }
        if (letter.isBatch()) {
            throw new CommandException("Dead letter " + letter.id() + " is a batch of " + letter.topic().get()
                    + ": batches are learned in their order, so it cannot come later; start a new run instead.");
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.CLIENT_ID_CONFIG, "apprentice-dead-letters",
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(letter.asItCame()).get();
        } catch (ExecutionException e) {
            throw refused(letter, e.getCause());
        } catch (KafkaException e) {
            throw refused(letter, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(letter, e);
        }
    }

    private static CommandException refused(Letter letter, Throwable why) {
        return new CommandException(
                "Dead letter " + letter.id() + " could not be written to " + letter.topic().orElseThrow() + ": "
                        + why.getMessage() + ".",
                why);
    }
}
