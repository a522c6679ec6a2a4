package dev.apprentice.dataset.preparation;

import dev.apprentice.contracts.Names;
import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.settings.Settings;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.datasets.catalog.Catalog;
import dev.apprentice.dataset.datasets.catalog.Dataset;
import dev.apprentice.dataset.persistence.PersistentWork;
import dev.apprentice.dataset.run.Assignment;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.dataset.run.RunFolders;
import dev.apprentice.dataset.run.RunParts;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Hears which runs are wanted. A new one is bound to its dataset as it is now; from there on it is on disk, and the
 * record is acknowledged.
 */
@ApplicationScoped
public class RunChannel {

    static final String NAME = "runs";

    private final Assignment assignment;
    private final RunFolders runs;
    private final Catalog catalog;
    private final StreamRuns streams;
    private final Preparations preparations;
    private final RunNews news;
    private final PersistentWork work = new PersistentWork("runs", 1);

    RunChannel(
            @Identifier(Assignment.NAME) Assignment assignment, RunFolders runs, Catalog catalog, StreamRuns streams,
            Preparations preparations, RunNews news) {
        this.assignment = assignment;
        this.runs = runs;
        this.catalog = catalog;
        this.streams = streams;
        this.preparations = preparations;
        this.news = news;
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
                news.tellOfTheDisk(run, e);
                throw e;
            }
        });
    }

    /** A tombstone: the run can no longer be found. */
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
        boolean isStream = run.specification().data().source() == Source.STREAM;
        if (run.desired() == DesiredState.RUN && isStream) {
            streams.bind(folder, run);
        } else if (run.desired() == DesiredState.RUN && needsExamples(folder)) {
            keepExamples(folder, new RunParts(run.specification().data(), folder));
        }
        folder.accept(run, partition);
        preparations.begin(folder);
    }

    /** All or none: of a dataset that there is not, {@link Preparation} says so. */
    private void keepExamples(RunFolder folder, RunParts parts) throws IOException {
        Map<String, Integer> ignored = new TreeMap<>();
        List<DatasetVersion> versions = new ArrayList<>();
        for (Map.Entry<Path, String> part : parts.datasets().entrySet()) {
            Optional<Dataset> kept = catalog.keepAlso(part.getValue(), part.getKey());
            kept.map(Dataset::ignoredFields).orElse(Map.of()).forEach((field, count) -> ignored.merge(field, count, Integer::sum));
            kept.map(Dataset::asVersion).ifPresent(versions::add);
        }
        folder.keepIgnoredFields(ignored);
        if (versions.size() == parts.datasets().size()) {
            folder.keepDataset(parts.together(versions));
        }
    }

    /** A run stays with the examples it began with, unless it never began. */
    private static boolean needsExamples(RunFolder folder) {
        return folder.hasFailed() || !Files.exists(folder.examples());
    }

    @PreDestroy
    void close() {
        work.close();
    }
}
