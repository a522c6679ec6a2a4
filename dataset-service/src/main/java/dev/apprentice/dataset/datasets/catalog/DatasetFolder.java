package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import dev.apprentice.dataset.datasets.catalog.snapshot.ChangeLog;
import dev.apprentice.dataset.datasets.catalog.snapshot.Fold;
import dev.apprentice.dataset.datasets.catalog.snapshot.Snapshot;
import dev.apprentice.dataset.datasets.catalog.snapshot.SnapshotWriter;
import dev.apprentice.dataset.persistence.DamagedFileException;
import dev.apprentice.dataset.persistence.HeldElsewhereException;
import dev.apprentice.dataset.persistence.SharedLock;
import dev.apprentice.dataset.persistence.StateFolder;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * One dataset on disk.
 *
 * <pre>
 * dataset.json               the current {@link Dataset}; written last and atomically
 * [sha-256].jsonl            the examples of that version
 * [version].changes.jsonl    the changes since then
 * rejects.jsonl              entries that were left out when it was stored
 * </pre>
 *
 * Any other file is left over from an earlier version of the dataset and is removed, except damaged ones. As other instances may
 * share the folder, all access goes through one lock between all threads of all instances. The one that gets it first checks
 * whether another has changed something. A frozen instance keeps the lock, so every caller's wait has a limit.
 */
final class DatasetFolder implements DatasetPlace {

    private static final String DESCRIPTION = "dataset.json";
    private static final Logger LOG = Logger.getLogger(DatasetFolder.class);

    /** How long a caller waits for the lock if its work would otherwise be lost, such as an upload. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long a caller waits for the lock if it retries by itself, or can do without. */
    private static final Duration BRIEFLY = Duration.ofSeconds(2);

    private final String name;
    private final Path folder;
    private final StateFolder state;
    private final Path lock;
    private final Duration patience;
    private final Duration briefly;
    private Optional<Dataset> stored = Optional.empty();
    private ChangeLog changes; // null until the lock was first taken
    private volatile boolean held;

    private DatasetFolder(Path folder, Path lock, Duration patience) {
        this.name = folder.getFileName().toString();
        this.folder = folder;
        this.state = new StateFolder(folder);
        this.lock = lock;
        this.patience = patience;
        this.briefly = BRIEFLY.compareTo(patience) < 0 ? BRIEFLY : patience;
    }

    /**
     * Opens the folder, which may not hold a dataset yet.
     *
     * @param lock see {@link dev.apprentice.dataset.persistence.Home#lockOf}
     */
    static DatasetFolder open(Path folder, Path lock) throws IOException {
        return open(folder, lock, PATIENCE);
    }

    /** Opens the folder. @param patience the longest wait for the lock */
    static DatasetFolder open(Path folder, Path lock, Duration patience) throws IOException {
        return new DatasetFolder(DurableFiles.createFolder(folder), lock, patience);
    }

    private void read() throws IOException {
        stored = written();
        if (stored.isEmpty() && state.isDamaged(DESCRIPTION)) {
            stored = Recovery.of(folder);
            if (stored.isPresent()) {
                state.write(DESCRIPTION, stored.get());
            }
        }
        changes = ChangeLog.open(changesFile());
    }

    private Optional<Dataset> written() throws IOException {
        return state.read(DESCRIPTION, Dataset.class);
    }

    /** Takes the lock between all instances, and reads what they have changed. */
    private SharedLock locked(Duration longest) throws IOException {
        Optional<SharedLock> free = SharedLock.lock(lock, longest);
        held = free.isEmpty();
        SharedLock taken = free.orElseThrow(() -> new HeldElsewhereException(("dataset '%s' is being changed by another request or another"
                        + " dataset-service, which has not finished within %d s; if a dataset-service hangs, end it or let it go on")
                .formatted(name, longest.toSeconds())));
        try {
            takeIn();
            return taken;
        } catch (IOException | RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    /** Tells whether the lock could not be taken when it was last needed, and is still held. Does not wait. */
    boolean isHeld() throws IOException {
        if (held) {
            Optional<SharedLock> free = SharedLock.tryLock(lock);
            held = free.isEmpty();
            if (free.isPresent()) {
                free.get().close();
            }
        }
        return held;
    }

    private void takeIn() throws IOException {
        if (changes == null) {
            read();
            removeLeftovers();
        } else if (!stored.equals(written()) || !changes.isWhole()) {
            read();
        }
    }

    @Override
    public Optional<Dataset> current() throws IOException {
        try (SharedLock held = locked(briefly)) {
            fold();
            return stored;
        } catch (HeldElsewhereException e) { // the description is written atomically; changes since then are not in it yet
            LOG.warnf("dataset %s is shown as last written: %s", name, e.getMessage());
            return written();
        }
    }

    @Override
    public Dataset replace(Path written, Snapshot snapshot, Contents contents, Path rejected) throws IOException {
        try (SharedLock held = locked(patience)) {
            DurableFiles.moveIntoPlace(rejected, rejectsFile());
            return replace(written, snapshot, contents.asDataset(name, version() + 1, snapshot));
        }
    }

    private Dataset replace(Path written, Snapshot snapshot, Dataset next) throws IOException {
        DurableFiles.moveIntoPlace(written, examplesFile(snapshot.digest()));
        DurableFiles.write(description(), Json.MAPPER.writeValueAsBytes(next));
        stored = Optional.of(next);
        changes = ChangeLog.open(changesFile());
        removeLeftovers();
        return next;
    }

    @Override
    public Optional<Path> rejects() throws IOException {
        try (SharedLock held = locked(briefly)) {
            return stored.filter(dataset -> dataset.rejected().isPresent()).map(dataset -> rejectsFile()).filter(Files::exists);
        }
    }

    @Override
    public void delete() throws IOException {
        try (SharedLock held = locked(patience)) {
            Files.deleteIfExists(description()); // first, since files without a description are removed
            stored = Optional.empty();
            removeLeftovers();
            Files.deleteIfExists(rejectsFile());
            Files.deleteIfExists(changesFile());
            changes = ChangeLog.open(changesFile());
        }
    }

    @Override
    public void change(List<Change> news) throws IOException {
        try (SharedLock held = locked(briefly)) {
            changes.append(news);
            if (Dataset.isWorthASnapshot(stored, changes.size())) {
                try {
                    fold();
                } catch (DamagedFileException e) { // the changes are kept nevertheless
                    LOG.errorf("dataset %s: %s", name, e.getMessage());
                }
            }
        }
    }

    @Override
    public Optional<Dataset> keepAlso(Path place) throws IOException {
        try (SharedLock held = locked(briefly)) {
            fold();
            if (stored.isPresent()) {
                DurableFiles.keepAlso(examplesFile(stored.get().digest()), place);
            }
            return stored;
        }
    }

    /** Merges the changes into a new snapshot of the examples. */
    private void fold() throws IOException {
        if (changes.size() == 0) {
            return;
        }
        Path temporary = folder.resolve("folding.tmp");
        Snapshot snapshot;
        try (SnapshotWriter writer = new SnapshotWriter(temporary);
                Fold fold = new Fold(changes, folder.resolve("folding.mv.tmp"))) {
            fold.write(stored.map(dataset -> examplesFile(dataset.digest())), writer);
            snapshot = writer.finish();
        }
        replace(temporary, snapshot, Dataset.after(stored, name, snapshot));
    }

    private void removeLeftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            DurableFiles.deleteAll(files.filter(file -> !file.toString().endsWith(StateFolder.DAMAGED)
                    && !file.equals(description())
                    && !file.equals(rejectsFile())
                    && !file.equals(changesFile())
                    && stored.map(dataset -> !file.equals(examplesFile(dataset.digest()))).orElse(true)));
        }
    }

    private int version() {
        return stored.map(Dataset::version).orElse(0);
    }

    private Path description() {
        return folder.resolve(DESCRIPTION);
    }

    private Path changesFile() {
        return folder.resolve(version() + ".changes.jsonl");
    }

    private Path rejectsFile() {
        return folder.resolve("rejects.jsonl");
    }

    private Path examplesFile(String digest) {
        return folder.resolve(digest.substring("sha256:".length()) + ".jsonl");
    }
}
