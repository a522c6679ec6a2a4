package dev.apprentice.cli.client.answer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An entry that dataset-service left out.
 *
 * @param violations what is wrong with it
 * @param content the entry as it was received
 */
public record Reject(List<Violation> violations, String content) {

    /**
     * The reason why an entry cannot be used.
     *
     * @param file the file it stands in; empty for data without one
     * @param entry its index among the entries of its file, from 0
     * @param line the line it begins on, from 1; 0 if the format has no lines
     * @param field the field at fault; empty for the entry as a whole
     */
    public record Violation(Optional<String> file, int entry, int line, Optional<String> field, String message) {

        public Violation {
            file = file == null ? Optional.empty() : file;
            field = field == null ? Optional.empty() : field;
        }

        private String inWords() {
            return field.map(name -> "'" + name + "' ").orElse("") + message;
        }
    }

    /** Returns the entry's place and why it is left out. */
    public String inWords() {
        Violation first = violations.get(0);
        return new Inspection.Place(first.file().orElse(""), first.entry(), first.line(), "").inWords()
                + violations.stream().map(Violation::inWords).collect(Collectors.joining("; "));
    }
}
