package dev.apprentice.dataset.stream;

import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import java.util.Optional;

/**
 * A change to a stream run's dataset that the run has read.
 *
 * @param change an example that joins, replaces another one, or is withdrawn
 * @param origin its record; empty for what the dataset held when the run began
 */
record Arrival(Change change, Optional<Origin> origin) {}
