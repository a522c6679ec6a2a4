package dev.apprentice.dataset.run;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.apprentice.contracts.Sha256;
import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.dataset.datasets.reading.IgnoredFields;
import dev.apprentice.dataset.persistence.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A run's own copy of its examples, as its datasets held them when it was first seen.
 *
 * <pre>
 * examples.jsonl            those of the dataset
 * examples-[part].jsonl     those of further ones: also-0, also-1 …, test, validation
 * dataset.json              which version of the dataset that was: a {@link DatasetVersion}
 * examples-digest.json      the digest of examples.jsonl, which the dataset knew
 * ignored-fields.json       what they say beside what is learned, if they do
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

    /** The examples of the dataset. */
    public Path file() {
        return folder.resolve("examples.jsonl");
    }

    /** The examples of a further dataset. @param part its number, or {@code test} or {@code validation} */
    public Path file(String part) {
        return folder.resolve("examples-" + part + ".jsonl");
    }

    /** {@code sha256:} and the hexadecimal digest of the dataset's examples. */
    public synchronized String digest() throws IOException {
        Optional<String> kept = state.read(DIGEST, String.class);
        return kept.isPresent() ? kept.get() : Sha256.of(file());
    }

    /** Keeps that digest. */
    public synchronized void keepDigest(String digest) throws IOException {
        state.write(DIGEST, digest);
    }

    /** Keeps which version of its dataset they are. */
    public synchronized void keepDataset(DatasetVersion version) throws IOException {
        state.write(DATASET, version);
    }

    /** Which version of its dataset they are; empty for a run from an earlier version. */
    public synchronized Optional<DatasetVersion> dataset() throws IOException {
        return state.read(DATASET, DatasetVersion.class);
    }

    /** Keeps what they say beside what is learned: how many have each field. */
    public synchronized void keepIgnoredFields(Map<String, Integer> fields) throws IOException {
        state.write(IGNORED_FIELDS, fields);
    }

    /** What they say beside what is learned. */
    public synchronized IgnoredFields ignoredFields() throws IOException {
        return new IgnoredFields(state.read(IGNORED_FIELDS, FIELDS).orElse(Map.of()));
    }
}
