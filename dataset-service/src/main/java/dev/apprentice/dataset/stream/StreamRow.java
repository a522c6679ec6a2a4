package dev.apprentice.dataset.stream;

import dev.apprentice.model.tokenizer.Row;
import java.util.Optional;

/**
 * An example formatted as a row.
 *
 * @param example its id
 * @param ids see {@link Row}
 * @param promptLength see {@link Row}
 * @param origin its record; empty for what the dataset held when the run began
 */
record StreamRow(String example, int[] ids, int promptLength, Optional<Origin> origin) {

    StreamRow {
        origin = origin == null ? Optional.empty() : origin;
    }

    static StreamRow of(String example, Row row, Optional<Origin> origin) {
        return new StreamRow(example, row.ids(), row.promptLength(), origin);
    }

    Row row() {
        return new Row(ids, promptLength);
    }
}
