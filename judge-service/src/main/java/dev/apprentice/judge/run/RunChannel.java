package dev.apprentice.judge.run;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads what the services tell of runs, from the start and for this instance alone.
 *
 * <p>What cannot be read is skipped: the services that work with these topics put it with the dead letters.
 */
@ApplicationScoped
class RunChannel {

    private static final Logger LOG = Logger.getLogger(RunChannel.class);

    private final Runs runs;

    RunChannel(Runs runs) {
        this.runs = runs;
    }

    @Incoming("runs")
    void run(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            runs.forget(record.key());
        } else {
            read(Topics.RUNS, record, runs::take);
        }
    }

    @Incoming("progress")
    void progress(ConsumerRecords<String, byte[]> records) {
        records.forEach(record -> read(Topics.PROGRESS, record, runs::take));
    }

    @Incoming("checkpoints")
    void checkpoint(ConsumerRecord<String, byte[]> record) {
        read(Topics.CHECKPOINTS, record, runs::take);
    }

    private static <E extends Event> void read(Topic<E> topic, ConsumerRecord<String, byte[]> record, Consumer<E> taker) {
        if (record.value() == null) {
            return; // a checkpoint taken back was there all the same
        }
        try {
            taker.accept(topic.read(record.headers(), record.value()));
        } catch (InvalidEventException e) {
            LOG.warnf("skipped: %s", e.getMessage());
        }
    }
}
