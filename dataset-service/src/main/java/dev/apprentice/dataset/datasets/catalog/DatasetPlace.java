package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import dev.apprentice.dataset.datasets.catalog.snapshot.Snapshot;
import dev.apprentice.dataset.persistence.HeldElsewhereException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The storage of one dataset. Instances that share it see each other's changes at once. While another instance holds the dataset
 * for too long, calls fail with a {@link HeldElsewhereException}.
 */
interface DatasetPlace {

    /** Returns the dataset with all changes, or as last written while it is held; empty if nothing was ever stored. */
    Optional<Dataset> current() throws IOException;

    /** Replaces all examples by those of a finished snapshot, and the rejects. Both files are moved or copied. */
    Dataset replace(Path written, Snapshot snapshot, Contents contents, Path rejected) throws IOException;

    /** Returns the rejects in a local file, if there are any. */
    Optional<Path> rejects() throws IOException;

    /** Deletes the dataset; the next one under its name begins at version 1. */
    void delete() throws IOException;

    /** Makes the changes durable. Idempotent. */
    void change(List<Change> news) throws IOException;

    /** Copies the current examples to another place, which later changes do not affect. */
    Optional<Dataset> keepAlso(Path place) throws IOException;
}
