package dev.apprentice.inference.serving;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.prompts.PromptStyle;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads all checkpoint events from the beginning; each instance has a consumer group of its own and so its own view. What
 * cannot be read is skipped: dataset-service, which works with these records, sets it aside, once for all.
 */
@ApplicationScoped
class CheckpointChannel {

    private static final Logger LOG = Logger.getLogger(CheckpointChannel.class);

    /** Clocks differ, but not by more than this. */
    private static final Duration MOST_AHEAD = Duration.ofDays(1);

    private final CheckpointCatalog catalog;
    private final ServedCheckpoint served;

    CheckpointChannel(CheckpointCatalog catalog, ServedCheckpoint served) {
        this.catalog = catalog;
        this.served = served;
    }

    @Incoming("checkpoints")
    void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            catalog.forget(record.key());
            served.refresh();
            return;
        }
        try {
            add(Topics.CHECKPOINTS.read(record.headers(), record.value()), Instant.ofEpochMilli(record.timestamp()));
        } catch (InvalidEventException e) {
            LOG.warnf("skipped: %s", e.getMessage());
        }
    }

    /** One that cannot be served answers no question; the reason is kept for those who ask for it. */
    private void add(Checkpoint checkpoint, Instant recorded) {
        Optional<String> fault = fault(checkpoint, recorded);
        if (fault.isPresent()) {
            String reason = "checkpoint " + checkpoint.run() + "/" + checkpoint.step() + " cannot be served: " + fault.get();
            LOG.warn(reason);
            catalog.refuse(checkpoint, reason);
            return;
        }
        catalog.add(checkpoint);
        served.refresh();
    }

    /** A style that this version does not know; or a time to come, which would make it the newest for good. */
    private static Optional<String> fault(Checkpoint checkpoint, Instant recorded) {
        if (!PromptStyle.isName(checkpoint.promptStyle())) {
            return Optional.of("prompt style '" + checkpoint.promptStyle() + "' is unknown; there are " + PromptStyle.names());
        }
        return checkpoint.createdAt().isAfter(recorded.plus(MOST_AHEAD))
                ? Optional.of("it says that it was written at " + checkpoint.createdAt() + ", but it was announced at " + recorded)
                : Optional.empty();
    }
}
