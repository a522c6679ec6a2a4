package dev.apprentice.dataset.datasets.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.Sha256;
import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import dev.apprentice.dataset.datasets.catalog.snapshot.ChangeLog;
import dev.apprentice.dataset.datasets.catalog.snapshot.Fold;
import dev.apprentice.dataset.datasets.catalog.snapshot.Snapshot;
import dev.apprentice.dataset.datasets.catalog.snapshot.SnapshotWriter;
import dev.apprentice.dataset.persistence.DamagedFileException;
import dev.apprentice.service.files.DurableFiles;
import dev.apprentice.service.storage.AlteredException;
import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.service.storage.StoredFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * One dataset in an object store.
 *
 * <pre>
 * dataset.json               the current {@link StoredDescription}; written last, on condition that it did not change
 * examples-[uuid].jsonl      the examples of a version
 * changes-[uuid].jsonl       changes that were made together
 * rejects-[uuid].jsonl       entries that were left out when it was stored
 * </pre>
 *
 * Concurrency is optimistic, without a lock. An instance that finds {@code dataset.json} changed since it read it starts over
 * from the new one. The instance whose description no longer names a file deletes that file. A killed instance may leave an
 * unnamed file, which does no harm.
 */
final class StoredDataset implements DatasetPlace {

    static final String DESCRIPTION = "dataset.json";

    private static final Logger LOG = Logger.getLogger(StoredDataset.class);

    /** Number of files of changes that are worth a new snapshot, since each is read by itself. */
    private static final int FILES_WORTH_A_SNAPSHOT = 1_000;

    private final String name;
    private final ObjectStorage storage;
    private final StorageUri uri;
    private final Path scratch;

    /** The description as it was read, and the store's version of it. */
    private record Seen(StoredDescription description, Optional<String> version) {}

    /** Computes the next description from the current one; may be called again. Empty if nothing needs to change. */
    @FunctionalInterface
    private interface Next {

        Optional<StoredDescription> after(StoredDescription now) throws IOException;
    }

    /** @param scratch a local folder for fetched files */
    StoredDataset(String name, ObjectStorage storage, StorageUri uri, Path scratch) {
        this.name = name;
        this.storage = storage;
        this.uri = uri;
        this.scratch = scratch;
    }

    @Override
    public Optional<Dataset> current() throws IOException {
        return folded().dataset();
    }

    @Override
    public Dataset replace(Path written, Snapshot snapshot, Contents contents, Path rejected) throws IOException {
        String examples = write("examples", written);
        Optional<String> rejects = contents.reading().rejected() > 0 ? Optional.of(write("rejects", rejected)) : Optional.empty();
        return update(now -> Optional.of(StoredDescription.of(
                        Optional.of(contents.asDataset(name, now.version() + 1, snapshot)), Optional.of(examples), rejects)))
                .dataset().orElseThrow();
    }

    @Override
    public Optional<Path> rejects() throws IOException {
        Optional<String> file = read().description().rejects();
        return file.isPresent() ? Optional.of(fetch(file.get(), scratch.resolve(name + "-" + file.get()))) : Optional.empty();
    }

    @Override
    public void delete() throws IOException {
        update(now -> now.files().isEmpty() ? Optional.empty()
                : Optional.of(StoredDescription.of(Optional.empty(), Optional.empty(), Optional.empty())));
    }

    @Override
    public void change(List<Change> news) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Change change : news) {
            lines.write(Json.MAPPER.writeValueAsBytes(change));
            lines.write('\n');
        }
        String file = nameOf("changes");
        storage.write(lines.toByteArray(), uri.resolve(file), Sha256.of(lines.toByteArray()));
        StoredDescription now = update(before -> Optional.of(before.with(file, news.size())));
        if (now.changes().size() >= FILES_WORTH_A_SNAPSHOT || Dataset.isWorthASnapshot(now.dataset(), now.changed())) {
            try {
                folded();
            } catch (DamagedFileException e) { // the changes are kept nevertheless
                LOG.errorf("dataset %s: %s", name, e.getMessage());
            }
        }
    }

    @Override
    public Optional<Dataset> keepAlso(Path place) throws IOException {
        for (StoredDescription now = folded();; now = folded()) {
            if (now.dataset().isEmpty()) {
                return Optional.empty();
            }
            Path temporary = DurableFiles.temporaryFor(place);
            try {
                fetchExamples(now, temporary);
                DurableFiles.moveIntoPlace(temporary, place);
                return now.dataset();
            } catch (AlteredException e) {
                requireChanged(now, e);
            } finally {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /** Returns the current description once all changes are merged into its examples. */
    private StoredDescription folded() throws IOException {
        for (StoredDescription now = read().description();; now = read().description()) {
            if (now.changes().isEmpty()) {
                return now;
            }
            Path folder = Files.createTempDirectory(scratch, name + ".");
            try {
                fold(now, folder);
            } catch (AlteredException e) {
                requireChanged(now, e);
            } finally {
                DurableFiles.deleteTree(folder);
            }
        }
    }

    private void fold(StoredDescription before, Path folder) throws IOException {
        Optional<Path> examples =
                before.dataset().isPresent() ? Optional.of(fetchExamples(before, folder.resolve("before.jsonl"))) : Optional.empty();
        Path written = folder.resolve("after.jsonl");
        Snapshot snapshot;
        try (SnapshotWriter writer = new SnapshotWriter(written);
                Fold fold = new Fold(ChangeLog.open(fetchChanges(before, folder)), folder.resolve("fold.mv"))) {
            fold.write(examples, writer);
            snapshot = writer.finish();
        }
        String file = write("examples", written);
        Dataset next = Dataset.after(before.dataset(), name, snapshot);
        StoredDescription folded = StoredDescription.of(Optional.of(next), Optional.of(file), before.rejects());
        if (!update(now -> now.mark().equals(before.mark()) ? Optional.of(folded) : Optional.empty()).mark().equals(folded.mark())) {
            storage.delete(List.of(uri.resolve(file))); // another instance was faster
        }
    }

    private Path fetchChanges(StoredDescription description, Path folder) throws IOException {
        Path all = folder.resolve("changes.jsonl");
        try (OutputStream out = Files.newOutputStream(all)) {
            for (String file : description.changes()) {
                Files.copy(fetch(file, folder.resolve(file)), out);
            }
        }
        return all;
    }

    private Path fetchExamples(StoredDescription description, Path target) throws IOException {
        String file = description.examples().orElseThrow();
        fetch(file, target);
        if (!Sha256.of(target).equals(description.dataset().orElseThrow().digest())) {
            throw new DamagedFileException(uri.resolve(file) + " is damaged; restore it, or upload the dataset again and start a run of"
                    + " another name", null);
        }
        return target;
    }

    private Path fetch(String file, Path target) throws IOException {
        StoredFile stored = storage.find(uri.resolve(file)).orElseThrow(() -> new AlteredException(
                uri.resolve(file) + " is gone; restore it, or upload the dataset again and start a run of another name"));
        storage.read(stored, target);
        return target;
    }

    /** Fails if the description is unchanged, since its missing file was then lost and not deleted by another instance. */
    private void requireChanged(StoredDescription before, AlteredException gone) throws IOException {
        if (read().description().mark().equals(before.mark())) {
            throw new DamagedFileException(gone.getMessage(), gone);
        }
    }

    private String write(String kind, Path file) throws IOException {
        String stored = nameOf(kind);
        storage.write(file, uri.resolve(stored), Sha256.of(file));
        return stored;
    }

    private static String nameOf(String kind) {
        return kind + "-" + UUID.randomUUID() + ".jsonl";
    }

    private Seen read() throws IOException {
        while (true) {
            Optional<StoredFile> file = storage.find(uri.resolve(DESCRIPTION));
            if (file.isEmpty()) {
                return new Seen(StoredDescription.NOTHING, Optional.empty());
            }
            try {
                byte[] bytes = storage.read(file.get());
                return new Seen(Json.MAPPER.readValue(bytes, StoredDescription.class), Optional.of(file.get().version()));
            } catch (AlteredException changedMeanwhile) {
                continue;
            } catch (JsonProcessingException e) {
                throw new DamagedFileException(uri.resolve(DESCRIPTION) + " is damaged (" + e.getOriginalMessage()
                        + "); restore it, or remove it and upload the dataset again", e);
            }
        }
    }

    /** Replaces the description, once the files that it names are there. @return the current description */
    private StoredDescription update(Next next) throws IOException {
        while (true) {
            Seen before = read();
            Optional<StoredDescription> after = next.after(before.description());
            if (after.isEmpty()) {
                return before.description();
            }
            if (holds(after.get(), before.version())) {
                List<String> kept = after.get().files();
                storage.delete(before.description().files().stream().filter(file -> !kept.contains(file)).map(uri::resolve).toList());
                return after.get();
            }
        }
    }

    /** Writes the description. @return false if another instance was faster */
    private boolean holds(StoredDescription after, Optional<String> version) throws IOException {
        return storage.writeIf(Json.MAPPER.writeValueAsBytes(after), uri.resolve(DESCRIPTION), version)
                || read().description().mark().equals(after.mark()); // an earlier attempt wrote it, but its answer was lost
    }
}
