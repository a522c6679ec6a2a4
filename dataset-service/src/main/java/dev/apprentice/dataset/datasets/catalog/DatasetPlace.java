package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import dev.apprentice.dataset.datasets.catalog.snapshot.Snapshot;
import dev.apprentice.dataset.persistence.HeldElsewhereException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where one dataset is kept. Instances that share the place see one another's changes at once. Where one of them holds the dataset and does
 * not let go, the others fail with a {@link HeldElsewhereException}.
 */
interface DatasetPlace {

    /** The dataset with every change in it, or as last written while it is held; empty where nothing was ever put in. */
    Optional<Dataset> current() throws IOException;

    /** Replaces all examples by those of a finished snapshot, and what was left out; both files are taken. */
    Dataset replace(Path written, Snapshot snapshot, Contents contents, Path rejected) throws IOException;

    /** What was left out, if anything was, in a file of this machine. */
    Optional<Path> rejects() throws IOException;

    /** Deletes the dataset; what is put into it later is version 1 again. */
    void delete() throws IOException;

    /** Makes the changes last. Made twice, they are the same as made once. */
    void change(List<Change> news) throws IOException;

    /** Keeps the examples as they now are in another place, too, where later changes do not reach. */
    Optional<Dataset> keepAlso(Path place) throws IOException;
}
