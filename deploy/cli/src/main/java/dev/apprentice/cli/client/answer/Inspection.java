package dev.apprentice.cli.client.answer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What dataset-service found in data that it inspected.
 *
 * @param entries how many there are
 * @param examples how many of them can be used
 * @param layouts the number of entries recognised in each layout
 * @param ignoredFields fields that have content but are not learned, with the number of examples that have each
 * @param problems what is wrong with entries, the most frequent problem first
 * @param lengths how long examples are
 * @param firstAsRead the first example as the model reads it; in Alpaca style if no model is named
 * @param omissions what was left out on request
 * @param sample the first examples, as many as were requested
 * @param labels how often each answer occurs, if there are few different ones
 * @param languages the number of sampled examples in each language, by code
 * @param tokens the first example's row; empty if no model is named
 * @param texts the plain texts; empty if no model is named
 */
public record Inspection(
        int entries,
        int examples,
        Map<String, Integer> layouts,
        Map<String, Integer> ignoredFields,
        List<Problem> problems,
        Lengths lengths,
        Optional<String> firstAsRead,
        Optional<Omissions> omissions,
        List<Example> sample,
        Map<String, Integer> labels,
        Map<String, Integer> languages,
        List<Token> tokens,
        Optional<Texts> texts) {

    public Inspection {
        layouts = new TreeMap<>(layouts);
        ignoredFields = ignoredFields == null ? Map.of() : new TreeMap<>(ignoredFields);
        firstAsRead = firstAsRead == null ? Optional.empty() : firstAsRead;
        omissions = omissions == null ? Optional.empty() : omissions;
        sample = sample == null ? List.of() : List.copyOf(sample);
        labels = labels == null ? Map.of() : labels;
        languages = languages == null ? Map.of() : languages;
        tokens = tokens == null ? List.of() : List.copyOf(tokens);
        texts = texts == null ? Optional.empty() : texts;
    }

    /**
     * The plain texts of the data.
     *
     * @param count how many there are
     * @param tokens tokens of all texts
     * @param rows rows without packing
     * @param packedRows rows if they are packed together
     */
    public record Texts(int count, long tokens, long rows, long packedRows) {

        /** Returns a sentence for people. */
        public String inWords() {
            return "Plain texts: %d of %d tokens, which become %d rows, or %d with --pack-texts.".formatted(count, tokens, rows, packedRows);
        }
    }

    /** A token of a row. @param learned whether the loss counts it */
    public record Token(int id, String text, boolean learned) {}

    /** A bar of the histogram: how many examples have a length in this range, both ends inclusive. */
    public record Part(int from, int to, int count) {

        /** Returns the range as text. */
        public String range() {
            return from == to ? Integer.toString(from) : from + "-" + to;
        }
    }

    public record Example(String instruction, String input, String output) {}

    /**
     * Something that is wrong with entries.
     *
     * @param what a sentence
     * @param count how many entries have the problem
     * @param places the first of those entries
     */
    public record Problem(String what, int count, List<Place> places) {}

    /**
     * The place of an entry.
     *
     * @param file the file it stands in; empty for data without one
     * @param entry its index among the entries of its file, from 0
     * @param line the line it begins on, from 1; 0 if the format has no lines
     * @param beginning the first characters of the entry
     */
    public record Place(String file, int entry, int line, String beginning) {

        /** Returns the place as text, with a colon at its end. */
        public String inWords() {
            String where = line > 0 ? "line " + line + ", entry [" + entry + "]" : "entry [" + entry + "]";
            return (file == null || file.isEmpty() ? where : file + ", " + where) + ": ";
        }
    }

    /**
     * How long examples are.
     *
     * @param unit {@code tokens} or {@code characters}
     * @param limit the most tokens that a row may have; empty if no model is named
     * @param tooLong how many examples are longer
     * @param leftOut how many of those are left out; the others are truncated
     * @param histogram the number of examples in each range of lengths
     */
    public record Lengths(
            String unit, int shortest, int median, int ninetyFifth, int longest, Optional<Integer> limit, int tooLong, int leftOut,
            List<Part> histogram) {

        public Lengths {
            limit = limit == null ? Optional.empty() : limit;
            histogram = histogram == null ? List.of() : List.copyOf(histogram);
        }

        /** Returns sentences for people. */
        public String inWords() {
            String words = "Length in " + unit + ": shortest " + shortest + ", median " + median + ", 95 % at most " + ninetyFifth
                    + ", longest " + longest + ".";
            return words + limit.map(most -> " A row may have " + most + ": " + (tooLong == 0
                    ? "all fit."
                    : tooLong + " are longer, of which " + (tooLong - leftOut) + " are cut and " + leftOut + " left out.")).orElse("");
        }
    }
}
