package dev.apprentice.dataset.stream;

import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import java.util.Optional;

/**
 * Something that a stream run hears about its dataset.
 *
 * @param change an example that joins, takes another's place, or is withdrawn
 * @param origin its record; empty for what the dataset held when the run began
 */
record Arrival(Change change, Optional<Origin> origin) {}
