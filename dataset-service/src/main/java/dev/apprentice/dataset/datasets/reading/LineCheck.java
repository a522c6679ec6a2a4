package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.datasets.example.IdTable;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Checks one entry of a stream by itself. There, a repeated id is a correction and not a fault.
 *
 * @param example the entry's example; empty if it cannot be used
 * @param violations why it cannot be used; empty if it can
 * @param ignored its fields that are not learned
 */
public record LineCheck(Optional<Example> example, List<Violation> violations, IgnoredFields ignored) {

    public static LineCheck of(JsonNode entry, ExampleSize size) throws IOException {
        try (Scratch scratch = Scratch.ofTheSystem()) {
            EntryCheck check = new EntryCheck(size, ReadSettings.USUAL, new IdTable(scratch));
            Optional<Example> example = check.check(0, 1, entry, entry, EntryReading.of(entry, ReadSettings.USUAL));
            return new LineCheck(example, check.violations(), check.ignored());
        }
    }
}
