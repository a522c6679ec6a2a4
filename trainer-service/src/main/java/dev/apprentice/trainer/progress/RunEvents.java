package dev.apprentice.trainer.progress;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is said to the others about one run.
 *
 * <p>Every method fails with {@link FencedException} once another trainer speaks for the run, and with
 * {@link org.apache.kafka.common.KafkaException} if the broker does not take it.
 */
public interface RunEvents extends AutoCloseable {

    /** Says how far the run has come. Others may see it a moment later. */
    void report(Progress progress);

    /** Makes all that was said visible. */
    void flush();

    /** Announces a checkpoint, and says how far the run has come with it: others see both or neither. */
    void announce(Checkpoint checkpoint, Progress progress);

    /** Sets a record aside among the dead letters, and says that the run ends for its sake: others see both or neither. */
    void reject(ConsumerRecord<String, byte[]> record, RuntimeException why, Progress last);

    @Override
    void close();
}
