package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.dataset.datasets.catalog.snapshot.Snapshot;
import dev.apprentice.dataset.datasets.reading.Reading;
import java.time.Instant;
import java.util.Optional;

/**
 * What was put into a dataset as a whole.
 *
 * @param source where it came from, for people
 * @param reading what it held
 * @param recipe how it was read
 */
record Contents(String source, Reading reading, Recipe recipe) {

    Dataset asDataset(String name, int version, Snapshot snapshot) {
        return new Dataset(
                name, version, snapshot.digest(), snapshot.examples(), snapshot.duplicates(), source,
                Instant.now(), reading.ignored().examples(), Optional.of(reading.rejected()), reading.layouts(), reading.first(),
                Optional.of(recipe), Optional.of(reading.omissions()));
    }
}
