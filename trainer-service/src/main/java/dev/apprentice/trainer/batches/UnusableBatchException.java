package dev.apprentice.trainer.batches;

import dev.apprentice.trainer.run.TrainingFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record among the batches cannot be learned from. Leaving it out would be another training, so the run ends. */
public class UnusableBatchException extends TrainingFailedException {

    private final transient ConsumerRecord<String, byte[]> record;

    UnusableBatchException(ConsumerRecord<String, byte[]> record, String reason, Throwable cause) {
        super("the batch at offset " + record.offset() + " of " + record.topic() + " cannot be used: " + reason
                + "; start a new run to have the batches published again", cause);
        this.record = record;
    }

    /** As it came. */
    public ConsumerRecord<String, byte[]> record() {
        return record;
    }
}
