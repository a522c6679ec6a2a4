package dev.apprentice.dataset.datasets.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.apprentice.contracts.Built;
import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.datasets.catalog.snapshot.Snapshot;
import dev.apprentice.dataset.datasets.download.WebAddress;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.reading.outcome.Omissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The description of a dataset.
 *
 * @param name its name
 * @param version counted from 1, one more whenever its examples change
 * @param digest {@code sha256:} and the hexadecimal digest of its examples as stored
 * @param examples number of examples
 * @param duplicates how many of them have the texts of an earlier one
 * @param source where they came from: {@code upload}, an address, or a topic
 * @param updatedAt when they last changed
 * @param ignoredFields fields of uploaded examples with content that is not learned, and how many examples have each
 * @param rejected how many entries were left out when it was stored; see {@code GET /datasets/{name}/rejects}
 * @param layouts number of entries by recognised layout
 * @param first the first example; only of a dataset that was stored as a whole
 * @param recipe how it was read; empty for one that came as records alone, or from an earlier version
 * @param omissions what was left out of it by request, if anything was
 */
@Built
public record Dataset(
        String name, int version, String digest, int examples, int duplicates, String source, Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> ignoredFields,
        Optional<Integer> rejected,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> layouts,
        Optional<Example> first,
        Optional<Recipe> recipe,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Omissions> omissions) {

    private static final int CHANGES_WORTH_A_SNAPSHOT = 10_000;

    /** Hides secrets in the source: an earlier version may have stored an address with a password. */
    public Dataset {
        source = WebAddress.shown(source);
        ignoredFields = ignoredFields == null ? Map.of() : Map.copyOf(ignoredFields);
        rejected = rejected == null ? Optional.empty() : rejected.filter(some -> some > 0);
        layouts = layouts == null ? Map.of() : Map.copyOf(layouts);
        first = first == null ? Optional.empty() : first;
        recipe = recipe == null ? Optional.empty() : recipe;
        omissions = omissions == null ? Optional.empty() : omissions.filter(some -> !some.equals(Omissions.NONE));
    }

    /** Creates a description without the optional parts. */
    Dataset(String name, int version, String digest, int examples, int duplicates, String source, Instant updatedAt,
            Map<String, Integer> ignoredFields) {
        this(name, version, digest, examples, duplicates, source, updatedAt, ignoredFields, Optional.empty(), Map.of(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    /** Returns {@code sha256:} and a digest over the examples and how they were read. It does not depend on the name or the time. */
    @JsonProperty
    public String lineage() {
        return recipe.map(read -> read.lineage(digest)).orElse(digest);
    }

    /** Returns the version that a run which begins now learns from. */
    public DatasetVersion asVersion() {
        return new DatasetVersion(name, version, lineage());
    }

    /** Returns the description after changes. If there was no dataset before, its examples came one by one. */
    static Dataset after(Optional<Dataset> before, String name, Snapshot snapshot) {
        return before.map(dataset -> dataset.with(snapshot)).orElseGet(() -> new Dataset(
                name, 1, snapshot.digest(), snapshot.examples(), snapshot.duplicates(), Topics.INSTRUCTIONS.name(), Instant.now(), Map.of()));
    }

    /** Tells whether a number of changes is worth a new snapshot. A large dataset waits for as many as it has examples. */
    static boolean isWorthASnapshot(Optional<Dataset> dataset, int changes) {
        return changes >= Math.max(CHANGES_WORTH_A_SNAPSHOT, dataset.map(Dataset::examples).orElse(0));
    }

    /** Returns the description with other examples. */
    private Dataset with(Snapshot snapshot) {
        return DatasetBuilder.builder(this)
                .version(version + 1)
                .digest(snapshot.digest())
                .examples(snapshot.examples())
                .duplicates(snapshot.duplicates())
                .updatedAt(Instant.now())
                .build();
    }
}
