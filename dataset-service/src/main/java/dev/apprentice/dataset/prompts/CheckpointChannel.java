package dev.apprentice.dataset.prompts;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.persistence.PersistentWork;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.dataset.run.RunFolders;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads checkpoints and puts each on its run's list for the exam. The list is on disk before the record is acknowledged. */
@ApplicationScoped
public class CheckpointChannel {

    static final String NAME = "checkpoints";

    private final RunFolders runs;
    private final Exams exams;
    private final PersistentWork work = new PersistentWork("checkpoints", 1);

    CheckpointChannel(RunFolders runs, Exams exams) {
        this.runs = runs;
        this.exams = exams;
    }

    @Incoming(NAME)
    Uni<Void> hear(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Uni.createFrom().voidItem(); // a tombstone only cleans the topic up
        }
        Checkpoint checkpoint = Topics.CHECKPOINTS.read(record.headers(), record.value());
        return work.run("keep step " + checkpoint.step() + " of run " + checkpoint.run(), () -> {
            RunFolder run = runs.of(checkpoint.run());
            if (run.exams().enlist(checkpoint)) {
                exams.hold(run, checkpoint, record.headers());
            }
        });
    }

    @PreDestroy
    void close() {
        work.close();
    }
}
