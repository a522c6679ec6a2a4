package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.dataset.datasets.catalog.snapshot.Snapshot;
import dev.apprentice.dataset.datasets.reading.outcome.ReadingResult;
import java.time.Instant;

/**
 * What was stored in a dataset as a whole.
 *
 * @param source where it came from, for people
 * @param reading the result of reading it
 * @param recipe how it was read
 */
record Contents(String source, ReadingResult reading, Recipe recipe) {

    Dataset asDataset(String name, int version, Snapshot snapshot) {
        return DatasetBuilder.builder()
                .name(name)
                .version(version)
                .digest(snapshot.digest())
                .examples(snapshot.examples())
                .duplicates(snapshot.duplicates())
                .source(source)
                .updatedAt(Instant.now())
                .ignoredFields(reading.ignored().examples())
                .rejected(reading.rejected())
                .layouts(reading.layouts())
                .first(reading.first())
                .recipe(recipe)
                .omissions(reading.omissions())
                .build();
    }
}
