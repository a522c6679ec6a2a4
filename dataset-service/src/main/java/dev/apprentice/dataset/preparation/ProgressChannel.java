package dev.apprentice.dataset.preparation;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.persistence.PersistentWork;
import dev.apprentice.dataset.run.RunFolders;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Reads which runs have failed. Their batches are not learned any more, so no more are made. */
@ApplicationScoped
public class ProgressChannel {

    static final String NAME = "progress";

    private static final Logger LOG = Logger.getLogger(ProgressChannel.class);

    private final RunFolders runs;
    private final PersistentWork work = new PersistentWork("progress", 1);

    ProgressChannel(RunFolders runs) {
        this.runs = runs;
    }

    @Incoming(NAME)
    Uni<Void> hear(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Uni.createFrom().voidItem();
        }
        try {
            Progress progress = Topics.PROGRESS.read(record.headers(), record.value());
            return progress.phase() == Phase.FAILED
                    ? work.run("keep that run " + progress.run() + " failed", () ->
                            runs.of(progress.run()).trainingFailed(progress.at()))
                    : Uni.createFrom().voidItem();
        } catch (InvalidEventException e) { // trainer-service, which reads all of them, sends it to the dead letters
            LOG.warnf("record %d of %s is skipped: %s", record.offset(), record.topic(), e.getMessage());
            return Uni.createFrom().voidItem();
        }
    }

    @PreDestroy
    void close() {
        work.close();
    }
}
