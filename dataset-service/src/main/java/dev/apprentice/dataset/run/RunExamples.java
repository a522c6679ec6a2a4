package dev.apprentice.dataset.run;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.contracts.Sha256;
import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.dataset.datasets.reading.outcome.IgnoredFields;
import dev.apprentice.dataset.persistence.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A run's own copy of its examples, as its datasets held them when it was bound to them.
 *
 * <pre>
 * examples.jsonl            examples of the run's dataset
 * examples-[part].jsonl     examples of its further datasets: also-0, also-1 …, test, validation
 * dataset.json              the version of the dataset: a {@link DatasetVersion}
 * examples-digest.json      the digest of examples.jsonl, which the dataset knew
 * ignored-fields.json       the fields of the examples that are not learned, if there are any
 * </pre>
 */
public final class RunExamples {

    private static final String DATASET = "dataset.json";
    private static final String DIGEST = "examples-digest.json";
    private static final String IGNORED_FIELDS = "ignored-fields.json";
    private static final TypeReference<Map<String, Integer>> FIELDS = new TypeReference<>() {};

    private final Path folder;
    private final StateFolder state;

    RunExamples(Path folder, StateFolder state) {
        this.folder = folder;
        this.state = state;
    }

    /** Returns the file of the dataset's examples. */
    public Path file() {
        return folder.resolve("examples.jsonl");
    }

    /** Returns the file of a further dataset's examples. @param part {@code also-} and its number, {@code test} or {@code validation} */
    public Path file(String part) {
        return folder.resolve("examples-" + part + ".jsonl");
    }

    /** Returns {@code sha256:} and the hexadecimal digest of the dataset's examples. */
    public synchronized String digest() throws IOException {
        Optional<String> kept = state.read(DIGEST, String.class);
        return kept.isPresent() ? kept.get() : Sha256.of(file());
    }

    /** Stores the digest of the dataset's examples. */
    public synchronized void keepDigest(String digest) throws IOException {
        state.write(DIGEST, digest);
    }

    /** Stores the version of the dataset that the examples come from. */
    public synchronized void keepDataset(DatasetVersion version) throws IOException {
        state.write(DATASET, version);
    }

    /** Returns the version of the dataset; empty for a run that an earlier version of this service bound. */
    public synchronized Optional<DatasetVersion> dataset() throws IOException {
        return state.read(DATASET, DatasetVersion.class);
    }

    /** Stores the fields that are not learned, with the number of examples that have each. */
    public synchronized void keepIgnoredFields(Map<String, Integer> fields) throws IOException {
        state.write(IGNORED_FIELDS, fields);
    }

    /** Returns the fields that are not learned. */
    public synchronized IgnoredFields ignoredFields() throws IOException {
        return new IgnoredFields(state.read(IGNORED_FIELDS, FIELDS).orElse(Map.of()));
    }
}
