package dev.apprentice.trainer.progress;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The events that a trainer publishes about one run.
 *
 * <p>Every method fails with {@link FencedException} once another trainer publishes for the run, and with
 * {@link org.apache.kafka.common.KafkaException} if the broker does not take it.
 */
public interface RunEvents extends AutoCloseable {

    /** Publishes the run's progress. Others may see it a moment later. */
    void report(Progress progress);

    /** Commits what was published, so others see it. */
    void flush();

    /** Announces a checkpoint and the run's progress in one transaction: others see both or neither. */
    void announce(Checkpoint checkpoint, Progress progress);

    /** Dead-letters a record and publishes the end of its run in one transaction: others see both or neither. */
    void reject(ConsumerRecord<String, byte[]> record, RuntimeException why, Progress last);

    @Override
    void close();
}
