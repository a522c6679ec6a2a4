package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import dev.apprentice.dataset.datasets.catalog.snapshot.ChangeLog;
import dev.apprentice.dataset.datasets.catalog.snapshot.Fold;
import dev.apprentice.dataset.datasets.catalog.snapshot.Snapshot;
import dev.apprentice.dataset.datasets.catalog.snapshot.SnapshotWriter;
import dev.apprentice.dataset.persistence.DamagedFileException;
import dev.apprentice.dataset.persistence.SharedLock;
import dev.apprentice.dataset.persistence.StateFolder;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * One dataset on disk.
 *
 * <pre>
 * dataset.json               what holds: a {@link Dataset}. Written last, in one step
 * [sha-256].jsonl            the examples of that version
 * [version].changes.jsonl    what was changed since
 * rejects.jsonl              entries that were left out when it was put
 * </pre>
 *
 * Any other file is left over from an earlier version and is removed, but for what was damaged. All access goes through this
 * object's lock and, as other instances may share the folder, through one of all of them; who has it looks first whether
 * another has changed something.
 */
final class DatasetFolder implements DatasetPlace {

    private static final String DESCRIPTION = "dataset.json";
    private static final Logger LOG = Logger.getLogger(DatasetFolder.class);

    private final String name;
    private final Path folder;
    private final Path lock;
    private Optional<Dataset> stored = Optional.empty();
    private ChangeLog changes;

    private DatasetFolder(Path folder, Path lock) {
        this.name = folder.getFileName().toString();
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens the folder, which may hold a dataset or be about to.
     *
     * @param lock see {@link dev.apprentice.dataset.persistence.Home#lockOf}
     */
    static DatasetFolder open(Path folder, Path lock) throws IOException {
        DatasetFolder opened = new DatasetFolder(DurableFiles.createFolder(folder), lock);
        try (SharedLock held = SharedLock.lock(lock)) {
            opened.read();
            opened.sweep();
        }
        return opened;
    }

    private void read() throws IOException {
        StateFolder state = new StateFolder(folder);
        stored = state.read(DESCRIPTION, Dataset.class);
        if (stored.isEmpty() && state.isDamaged(DESCRIPTION)) {
            stored = Recovery.of(folder);
            if (stored.isPresent()) {
                state.write(DESCRIPTION, stored.get());
            }
        }
        changes = ChangeLog.open(changesFile());
    }

    /** Takes the lock of all instances, and in what they have changed. */
    private SharedLock locked() throws IOException {
        SharedLock held = SharedLock.lock(lock);
        try {
            if (!stored.equals(new StateFolder(folder).read(DESCRIPTION, Dataset.class)) || !changes.isWhole()) {
                read();
            }
            return held;
        } catch (IOException | RuntimeException e) {
            held.close();
            throw e;
        }
    }

    @Override
    public synchronized Optional<Dataset> current() throws IOException {
        try (SharedLock held = locked()) {
            fold();
            return stored;
        }
    }

    @Override
    public synchronized Dataset replace(Path written, Snapshot snapshot, Contents contents, Path rejected) throws IOException {
        try (SharedLock held = locked()) {
            DurableFiles.moveIntoPlace(rejected, rejectsFile());
            return replace(written, snapshot, contents.asDataset(name, version() + 1, snapshot));
        }
    }

    private Dataset replace(Path written, Snapshot snapshot, Dataset next) throws IOException {
        DurableFiles.moveIntoPlace(written, examplesFile(snapshot.digest()));
        DurableFiles.write(description(), Json.MAPPER.writeValueAsBytes(next));
        stored = Optional.of(next);
        changes = ChangeLog.open(changesFile());
        sweep();
        return next;
    }

    @Override
    public synchronized Optional<Path> rejects() throws IOException {
        try (SharedLock held = locked()) {
            return stored.filter(dataset -> dataset.rejected().isPresent()).map(dataset -> rejectsFile()).filter(Files::exists);
        }
    }

    @Override
    public synchronized void delete() throws IOException {
        try (SharedLock held = locked()) {
            Files.deleteIfExists(description()); // first: what is left without it is swept away
            stored = Optional.empty();
            sweep();
            Files.deleteIfExists(rejectsFile());
            Files.deleteIfExists(changesFile());
            changes = ChangeLog.open(changesFile());
        }
    }

    @Override
    public synchronized void change(List<Change> news) throws IOException {
        try (SharedLock held = locked()) {
            changes.append(news);
            if (Dataset.isWorthASnapshot(stored, changes.size())) {
                try {
                    fold();
                } catch (DamagedFileException e) { // the changes are kept all the same
                    LOG.errorf("dataset %s: %s", name, e.getMessage());
                }
            }
        }
    }

    @Override
    public synchronized Optional<Dataset> keepAlso(Path place) throws IOException {
        try (SharedLock held = locked()) {
            fold();
            if (stored.isPresent()) {
                DurableFiles.keepAlso(examplesFile(stored.get().digest()), place);
            }
            return stored;
        }
    }

    /** Turns examples and changes into new examples. */
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

    private void sweep() throws IOException {
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
