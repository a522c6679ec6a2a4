package dev.apprentice.contracts.event;

import dev.apprentice.contracts.Require;
import java.util.Optional;

/**
 * An entry of data that cannot be used and was left out. It is published for users and their programs; none of the services reads
 * it.
 *
 * @param dataset the dataset that it was sent to
 * @param version the dataset's version that lacks it; empty for an entry that came in a stream
 * @param file the file that holds it, if the data has several files or came with a file name
 * @param entry its index among the entries of its file, from 0; empty for an entry of a stream
 * @param line the line that it begins on, from 1; empty if the format has no lines
 * @param id its id, if it has one
 * @param field the invalid field; empty if the entry as a whole is invalid
 * @param reason what is wrong and what was expected
 */
public record RejectedEntry(
        String dataset,
        Optional<Integer> version,
        Optional<String> file,
        Optional<Integer> entry,
        Optional<Long> line,
        Optional<String> id,
        Optional<String> field,
        String reason)
        implements Event {

    public RejectedEntry {
        Require.name(dataset, "dataset");
        Require.text(reason, "reason");
    }

    @Override
    public String key() {
        return dataset;
    }
}
