package dev.apprentice.dataset.stream;

import dev.apprentice.contracts.event.Batch;
import java.util.List;

/**
 * A batch, and the origins of its new rows.
 *
 * @param batch to be published
 * @param origins of its new rows, in order; rows from the dataset's snapshot have none
 */
record FormedBatch(Batch batch, List<Origin> origins) {

    /** Returns how many of its rows are learned for the first time. */
    int newRows() {
        return batch.rows() - batch.replayed().orElse(0);
    }
}
