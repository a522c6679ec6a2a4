package dev.apprentice.dataset.datasets.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The current state of a dataset in an object store. It names all files that count. Each of them is written before the
 * description, and never changed.
 *
 * @param dataset as it was before the changes; empty if there are only changes, or nothing
 * @param examples the file of its examples
 * @param rejects the file of rejected entries
 * @param changes the files of changes since then, in their order
 * @param changed number of those changes
 * @param mark unique for each writing, so that the writer recognises its own
 */
record StoredDescription(
        Optional<Dataset> dataset,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> examples,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<String> rejects,
        List<String> changes,
        int changed,
        String mark) {

    static final StoredDescription NOTHING = of(Optional.empty(), Optional.empty(), Optional.empty());

    StoredDescription {
        dataset = dataset == null ? Optional.empty() : dataset;
        examples = examples == null ? Optional.empty() : examples;
        rejects = rejects == null ? Optional.empty() : rejects;
        changes = changes == null ? List.of() : List.copyOf(changes);
    }

    static StoredDescription of(Optional<Dataset> dataset, Optional<String> examples, Optional<String> rejects) {
        return new StoredDescription(dataset, examples, rejects, List.of(), 0, UUID.randomUUID().toString());
    }

    StoredDescription with(String changeFile, int count) {
        List<String> more = new ArrayList<>(changes);
        more.add(changeFile);
        return new StoredDescription(dataset, examples, rejects, more, changed + count, UUID.randomUUID().toString());
    }

    /** Returns the names of all files that count. */
    List<String> files() {
        List<String> files = new ArrayList<>(changes);
        examples.ifPresent(files::add);
        rejects.ifPresent(files::add);
        return files;
    }

    int version() {
        return dataset.map(Dataset::version).orElse(0);
    }
}
