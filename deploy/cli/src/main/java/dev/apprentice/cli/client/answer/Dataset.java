package dev.apprentice.cli.client.answer;

import dev.apprentice.cli.terminal.Words;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What dataset-service knows of a dataset.
 *
 * @param name its name
 * @param version counted from 1, and one more after each change of its examples
 * @param examples how many there are
 * @param duplicates how many of them equal an earlier one
 * @param ignoredFields fields that have content but are not learned, with the number of examples that have each
 * @param rejected entries that were left out
 * @param layouts the number of entries recognised in each layout
 * @param source where they came from
 * @param updatedAt when they last changed
 * @param lineage a digest over the examples and how they were read
 * @param omissions what was left out on request
 */
public record Dataset(
        String name, int version, int examples, int duplicates, Map<String, Integer> ignoredFields, Optional<Integer> rejected,
        Map<String, Integer> layouts, Optional<String> source, Optional<Instant> updatedAt, Optional<String> lineage,
        Optional<Omissions> omissions) {

    public Dataset {
        source = source == null ? Optional.empty() : source;
        updatedAt = updatedAt == null ? Optional.empty() : updatedAt;
        omissions = omissions == null ? Optional.empty() : omissions;
        lineage = lineage == null ? Optional.empty() : lineage;
        rejected = rejected == null ? Optional.empty() : rejected;
        layouts = layouts == null ? Map.of() : new TreeMap<>(layouts);
        ignoredFields = ignoredFields == null ? Map.of() : new TreeMap<>(ignoredFields);
    }

    /** Creates a dataset about whose reading no more is known. */
    public Dataset(String name, int version, int examples, int duplicates, Map<String, Integer> ignoredFields) {
        this(name, version, examples, duplicates, ignoredFields, Optional.empty(), Map.of(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    /** Returns what a person must know of this dataset, in sentences. */
    public String inWords() {
        String words = "Dataset " + name + " has " + Words.counted(examples, "example")
                + (duplicates == 0 ? "." : ", with " + Words.counted(duplicates, "duplicate") + " of an earlier one.");
        if (!layouts.isEmpty()) {
            words += " Layouts: " + layouts.entrySet().stream()
                    .map(layout -> layout.getValue() + " " + layout.getKey())
                    .collect(Collectors.joining(", ")) + ".";
        }
        if (rejected.isPresent()) {
            words += " " + Words.counted(rejected.get(), "entry") + " cannot be used and "
                    + (rejected.get() == 1 ? "was" : "were") + " left out; `apprentice datasets rejects " + name + "` says why.";
        }
        words += omissions.flatMap(Omissions::inWords).map(said -> " " + said).orElse("");
        return ignoredFields.isEmpty() ? words : words + " " + IgnoredFields.inWords(ignoredFields);
    }
}
