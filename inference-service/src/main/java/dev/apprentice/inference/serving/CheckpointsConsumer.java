package dev.apprentice.inference.serving;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Topics;
import dev.apprentice.prompts.PromptStyle;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads all checkpoint events from the beginning; each instance has a consumer group of its own and so its own view. What
 * cannot be read is passed over: dataset-service, which works with these records, sets it aside, once for all.
 */
@ApplicationScoped
class CheckpointsConsumer {

    private static final Logger LOG = Logger.getLogger(CheckpointsConsumer.class);

    private final CheckpointCatalog catalog;
    private final ServedCheckpoint served;

    CheckpointsConsumer(CheckpointCatalog catalog, ServedCheckpoint served) {
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
            add(Topics.CHECKPOINTS.read(record.headers(), record.value()));
        } catch (InvalidEventException e) {
            LOG.warnf("passed over: %s", e.getMessage());
        }
    }

    /** One of a style that this version does not know answers nobody; whoever asks for it is told why. */
    private void add(Checkpoint checkpoint) {
        try {
            PromptStyle.of(checkpoint.promptStyle());
        } catch (IllegalArgumentException e) {
            String reason =
                    "checkpoint " + checkpoint.run() + "/" + checkpoint.step() + " cannot be served: " + e.getMessage();
            LOG.warn(reason);
            catalog.refuse(checkpoint, reason);
            return;
        }
        catalog.add(checkpoint);
        served.refresh();
    }
}
