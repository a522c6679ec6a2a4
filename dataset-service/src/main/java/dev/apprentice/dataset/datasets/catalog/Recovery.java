package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.dataset.datasets.catalog.snapshot.Snapshot;
import dev.apprentice.dataset.datasets.catalog.snapshot.SnapshotWriter;
import dev.apprentice.dataset.datasets.example.ExampleLines;
import dev.apprentice.dataset.persistence.DamagedFileException;
import dev.apprentice.dataset.persistence.StateFolder;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Reconstructs a damaged {@code dataset.json} from the files beside it, as far as possible. */
final class Recovery {

    private static final Logger LOG = Logger.getLogger(Recovery.class);
    private static final String EXAMPLES = "[0-9a-f]{64}\\.jsonl";
    private static final String CHANGES = "\\d{1,9}\\.changes\\.jsonl";

    private Recovery() {}

    /**
     * Returns the dataset if exactly one file of examples exists and is undamaged; otherwise empty, and files that cannot be used
     * are renamed so that they are not removed.
     */
    static Optional<Dataset> of(Path folder) throws IOException {
        List<Path> children = DurableFiles.children(folder);
        List<Path> examples = children.stream().filter(file -> name(file).matches(EXAMPLES)).toList();
        List<Path> changes = children.stream().filter(file -> name(file).matches(CHANGES)).toList();
        Optional<Snapshot> whole = examples.size() == 1 ? whole(examples.get(0)) : Optional.empty();
        if (whole.isEmpty()) {
            LOG.errorf("dataset %s is lost; upload it again. What is left of it is in %s under names that end with %s",
                    name(folder), folder, StateFolder.DAMAGED);
            for (Path file : Stream.concat(examples.stream(), changes.stream()).toList()) {
                DurableFiles.moveIntoPlace(file, file.resolveSibling(name(file) + StateFolder.DAMAGED));
            }
            return Optional.empty();
        }
        LOG.warnf("dataset %s is recovered from its examples", name(folder));
        int version = changes.stream()
                .mapToInt(file -> Integer.parseInt(name(file).substring(0, name(file).indexOf('.'))))
                .max()
                .orElse(1);
        return whole.map(snapshot -> new Dataset(name(folder), Math.max(1, version), snapshot.digest(), snapshot.examples(),
                snapshot.duplicates(), "recovered", Instant.now(), Map.of()));
    }

    /** Returns what a file of examples holds, if its content matches the digest in its name. */
    private static Optional<Snapshot> whole(Path examples) throws IOException {
        try {
            return Optional.of(read(examples, examples.resolveSibling("recovering.tmp")))
                    .filter(snapshot -> name(examples).startsWith(snapshot.sha256()));
        } catch (DamagedFileException e) {
            LOG.error(e.getMessage());
            return Optional.empty();
        }
    }

    private static Snapshot read(Path examples, Path copy) throws IOException {
        try (SnapshotWriter writer = new SnapshotWriter(copy)) {
            ExampleLines.forEach(examples, writer);
            return writer.finish();
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
