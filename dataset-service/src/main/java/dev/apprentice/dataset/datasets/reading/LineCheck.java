package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.datasets.example.IdTable;
import dev.apprentice.dataset.datasets.personal.PersonalData;
import dev.apprentice.dataset.datasets.reading.outcome.IgnoredFields;
import dev.apprentice.dataset.datasets.reading.outcome.Violation;
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
            ReadingAccount account = new ReadingAccount();
            EntryCheck check = new EntryCheck(
                    size, ReadSettings.USUAL, new IdTable(scratch), new PersonalData(List.of()), new UnknownLayout(), account);
            CheckedEntry checked =
                    check.check(new EntryPlace(Optional.empty(), 0, 1), entry, entry, EntryReading.of(entry, ReadSettings.USUAL));
            account.add(checked);
            return new LineCheck(checked.example(), checked.violations(), account.ignored());
        }
    }
}
