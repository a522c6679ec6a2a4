package dev.apprentice.dataset.stream;

import dev.apprentice.contracts.event.Batch;
import java.util.List;

/**
 * A batch, and where its new rows came from.
 *
 * @param batch to be published
 * @param origins those of its new rows, in order; what the dataset held has none
 */
record FormedBatch(Batch batch, List<Origin> origins) {

    /** How many of its rows are learned for the first time. */
    int newRows() {
        return batch.rows() - batch.replayed().orElse(0);
    }
}
