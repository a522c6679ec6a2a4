package dev.apprentice.dataset.preparation;

import dev.apprentice.contracts.Names;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.settings.Settings;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.persistence.PersistentWork;
import dev.apprentice.dataset.run.Assignment;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.dataset.run.RunFolders;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads the runs topic. A new run is bound to its datasets as they are now and written to disk; then its record is acknowledged. */
@ApplicationScoped
public class RunChannel {

    static final String NAME = "runs";

    private final Assignment assignment;
    private final RunFolders runs;
    private final RunBinding binding;
    private final Preparations preparations;
    private final ProgressPublisher progress;
    private final PersistentWork work = new PersistentWork("runs", 1);

    RunChannel(
            @Identifier(Assignment.NAME) Assignment assignment, RunFolders runs, RunBinding binding,
            Preparations preparations, ProgressPublisher progress) {
        this.assignment = assignment;
        this.runs = runs;
        this.binding = binding;
        this.preparations = preparations;
        this.progress = progress;
    }

    @Incoming(NAME)
    Uni<Void> hear(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return work.run("withdraw run " + record.key(), () ->
                    assignment.whileOurs(record.topic(), record.partition(), () -> withdraw(record.key())));
        }
        Run run = Topics.RUNS.read(record.headers(), record.value());
        return work.run("keep run " + run.run(), () -> {
            try {
                assignment.whileOurs(record.topic(), record.partition(), () -> accept(run, record.partition()));
            } catch (IOException e) {
                progress.publishDiskFailure(run, e);
                throw e;
            }
        });
    }

    /** Withdraws a run, as a tombstone under its name demands. */
    private void withdraw(String run) throws IOException {
        if (Names.isValid(run)) {
            runs.of(run).withdraw(Instant.now());
        }
    }

    private void accept(Run run, int partition) throws IOException {
        if (!Settings.objections(run.specification().training()).isEmpty()) {
            return; // trainer-service fails such a run and says why
        }
        RunFolder folder = runs.of(run.run());
        if (run.desired() == DesiredState.RUN) {
            binding.begin(folder, run);
        }
        folder.accept(run, partition);
        preparations.begin(folder);
    }

    @PreDestroy
    void close() {
        work.close();
    }
}
