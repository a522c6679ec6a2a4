package dev.apprentice.contracts.event;

import dev.apprentice.contracts.Require;
import java.util.Optional;

/**
 * An entry of data that cannot be used and was left out. It is for people and programs of others; no service of ours reads it.
 *
 * @param dataset the dataset that it was to be part of
 * @param version the dataset's version that lacks it; empty for an entry that came in a stream
 * @param file the file it stands in, where the data has several or came with its name
 * @param entry its place among the entries of its file, from 0; empty for one that came in a stream
 * @param line the line it begins on, from 1; empty where the format has no lines
 * @param id its id, where it has one
 * @param field the field at fault; empty where it is the entry as a whole
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
