package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.Names;
import dev.apprentice.contracts.event.RejectedEntry;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.datasets.reading.outcome.Reject;
import dev.apprentice.dataset.datasets.reading.outcome.Violation;
import dev.apprentice.dataset.persistence.EventPublisher;
import dev.apprentice.dataset.persistence.HeldElsewhereException;
import dev.apprentice.dataset.persistence.Home;
import dev.apprentice.dataset.persistence.PersistentWork;
import dev.apprentice.dataset.persistence.SharedLock;
import dev.apprentice.dataset.run.Assignment.TakeOver;
import dev.apprentice.service.files.DurableFiles;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Publishes the entries that were left out of datasets, in the background, so that no upload waits for it. What a process could
 * not publish is published after the next start; an entry may be published twice.
 */
@ApplicationScoped
public class RejectsPublisher {

    private static final Logger LOG = Logger.getLogger(RejectsPublisher.class);
    private static final int AT_A_TIME = 500;

    private final Home home;
    private final Path unpublished;
    private final Catalog catalog;
    private final EventPublisher events;
    private final PersistentWork work = new PersistentWork("rejects", 1);

    RejectsPublisher(Home home, Catalog catalog, EventPublisher events) {
        this.home = home;
        this.unpublished = home.resolve("unpublished-rejects");
        this.catalog = catalog;
        this.events = events;
    }

    void resume(@ObservesAsync TakeOver begun) throws IOException {
        DurableFiles.children(unpublished).stream()
                .map(name -> name.getFileName().toString())
                .filter(Names::isValid)
                .forEach(this::begin);
    }

    /** Publishes the rejects of a dataset that was just stored, if there are any. */
    public void publish(Dataset dataset) throws IOException {
        if (dataset.rejected().isPresent()) {
            DurableFiles.write(unpublished.resolve(dataset.name()), new byte[0]);
            begin(dataset.name());
        }
    }

    private void begin(String dataset) {
        work.run("publish the rejects of dataset " + dataset, () -> publishAll(dataset))
                .subscribe().with(done -> {}, failure -> LOG.errorf(failure, "the rejects of dataset %s are not published", dataset));
    }

    private void publishAll(String name) throws IOException {
        Optional<SharedLock> lock = SharedLock.tryLock(home.lockOf("rejects", name));
        if (lock.isEmpty()) {
            throw new HeldElsewhereException("another dataset-service is doing it");
        }
        try (SharedLock held = lock.get()) {
            if (Files.exists(unpublished.resolve(name))) {
                publishUnpublished(name);
            }
        }
    }

    private void publishUnpublished(String name) throws IOException {
        Optional<Dataset> dataset = catalog.find(name);
        Optional<Path> rejects = catalog.rejects(name);
        if (dataset.isPresent() && rejects.isPresent()) {
            try (BufferedReader lines = Files.newBufferedReader(rejects.get())) {
                publishAll(dataset.get(), lines);
            }
        }
        Files.deleteIfExists(unpublished.resolve(name));
    }

    private void publishAll(Dataset dataset, BufferedReader lines) throws IOException {
        List<RejectedEntry> waiting = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            waiting.add(entry(dataset, Json.MAPPER.readValue(line, Reject.class).violations().get(0)));
            if (waiting.size() == AT_A_TIME) {
                events.publish(Topics.REJECTS, waiting);
                waiting.clear();
            }
        }
        events.publish(Topics.REJECTS, waiting);
    }

    private static RejectedEntry entry(Dataset dataset, Violation first) {
        return new RejectedEntry(dataset.name(), Optional.of(dataset.version()), first.file(), Optional.of(first.entry()),
                Optional.of((long) first.line()).filter(line -> line > 0), first.id(), first.field(), first.message());
    }

    @PreDestroy
    void close() {
        work.close();
    }
}
