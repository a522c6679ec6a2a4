package dev.apprentice.inference.serving;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.prompts.PromptStyle;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads all checkpoint events from the beginning. Each instance has its own consumer group, so each sees all of them. A record
 * that cannot be read is skipped, because dataset-service sends it to the dead letters.
 */
@ApplicationScoped
class CheckpointChannel {

    private static final Logger LOG = Logger.getLogger(CheckpointChannel.class);

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

    /** Adds a checkpoint to the catalog, or records that its prompt style is unknown. */
    private void add(Checkpoint checkpoint, Instant announced) {
        if (!PromptStyle.isName(checkpoint.promptStyle())) {
            String reason = "checkpoint " + checkpoint.run() + "/" + checkpoint.step() + " cannot be served: prompt style '"
                    + checkpoint.promptStyle() + "' is unknown; there are " + PromptStyle.names();
            LOG.warn(reason);
            catalog.refuse(checkpoint, reason);
            return;
        }
        catalog.add(checkpoint, announced);
        served.refresh();
    }
}
