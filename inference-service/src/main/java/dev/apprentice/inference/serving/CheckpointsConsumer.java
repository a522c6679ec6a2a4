package dev.apprentice.inference.serving;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Topics;
import dev.apprentice.prompts.PromptStyle;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads all checkpoint events from the beginning; each instance has a consumer group of its own and so its own view. */
@ApplicationScoped
class CheckpointsConsumer {

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
        Checkpoint checkpoint = Topics.CHECKPOINTS.read(record.value());
        requireKnownStyle(checkpoint);
        catalog.add(checkpoint);
        served.refresh();
    }

    private static void requireKnownStyle(Checkpoint checkpoint) {
        try {
            PromptStyle.of(checkpoint.promptStyle());
        } catch (IllegalArgumentException e) {
            throw new InvalidEventException(
                    "checkpoint " + checkpoint.run() + "/" + checkpoint.step() + " cannot be served: " + e.getMessage(), e);
        }
    }
}
