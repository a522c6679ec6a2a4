package dev.apprentice.trainer.batches;

import dev.apprentice.trainer.run.TrainingFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Thrown if a record among the batches cannot be used. The run ends, because training without that batch would give another result. */
public class UnusableBatchException extends TrainingFailedException {

    private final transient ConsumerRecord<String, byte[]> record;

    UnusableBatchException(ConsumerRecord<String, byte[]> record, String reason, Throwable cause) {
        super("the batch at offset " + record.offset() + " of " + record.topic() + " cannot be used: " + reason
                + "; start a new run to have the batches published again", cause);
        this.record = record;
    }

    /** Returns the record as it was read. */
    public ConsumerRecord<String, byte[]> record() {
        return record;
    }
}
