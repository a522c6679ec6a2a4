package dev.apprentice.dataset.datasets.catalog.snapshot;

import dev.apprentice.dataset.datasets.example.Example;
import java.util.Optional;

/**
 * A change of a dataset: an example that joined, replaced another one, or was withdrawn.
 *
 * @param id the example's id
 * @param example its new content; empty if it was withdrawn
 */
public record Change(String id, Optional<Example> example) {

    public Change {
        example = example == null ? Optional.empty() : example;
    }

    public static Change joined(Example example) {
        return new Change(example.id(), Optional.of(example));
    }

    public static Change withdrawn(String id) {
        return new Change(id, Optional.empty());
    }
}
