package dev.apprentice.dataset.datasets.reading.outcome;

import java.util.Optional;

/**
 * Why an entry of uploaded data cannot be used.
 *
 * @param file the file's name, if the data has several or came with its name
 * @param entry its place among the entries of its file, from 0
 * @param line the line it begins on, from 1; 0 if the format has no lines
 * @param id its id, if it has one
 * @param field the field at fault; empty if it is the entry as a whole
 * @param message what is wrong and what was expected
 */
public record Violation(
        Optional<String> file, int entry, int line, Optional<String> id, Optional<String> field, String message) {

    /** Creates a violation of an entry without an id, in data that is one file. */
    public Violation(int entry, int line, Optional<String> field, String message) {
        this(Optional.empty(), entry, line, Optional.empty(), field, message);
    }

    /** Returns a copy without the id, which is part of the data. */
    Violation withoutId() {
        return new Violation(file, entry, line, Optional.empty(), field, message);
    }
}
