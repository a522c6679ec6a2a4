package dev.apprentice.cli.client.answer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What dataset-service says of data that it has looked into.
 *
 * @param entries how many there are
 * @param examples how many of them can be used
 * @param layouts how many entries were recognised as laid out how
 * @param ignoredFields fields that say something and are not learned, and how many examples have each
 * @param problems what is wrong with entries, the most frequent first
 * @param lengths how long examples are
 * @param firstAsRead the first example as the model reads it; where none is named, in Alpaca's words
 * @param omissions what was left out because that was asked for
 * @param sample the first examples, as many as were asked for
 * @param labels how often each answer comes, where there are few different ones
 * @param languages how many of the examples that were drawn are in which language, by code
 * @param tokens the first example's row; where a model is named
 * @param texts what there is of plain text; where a model is named
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
     * Plain texts.
     *
     * @param tokens of all of them
     * @param rows that they become, each by itself
     * @param packedRows that they fill together
     */
    public record Texts(int count, long tokens, long rows, long packedRows) {

        /** For people. */
        public String inWords() {
            return "Plain texts: %d of %d tokens, which become %d rows, or %d with --pack-texts.".formatted(count, tokens, rows, packedRows);
        }
    }

    /** A token of a row. @param learned whether the loss counts it */
    public record Token(int id, String text, boolean learned) {}

    /** Lengths from one to another, inclusive. */
    public record Part(int from, int to, int count) {

        /** For people. */
        public String range() {
            return from == to ? Integer.toString(from) : from + "-" + to;
        }
    }

    /** An example. */
    public record Example(String instruction, String input, String output) {}

    /**
     * Something that is wrong with entries.
     *
     * @param what in words
     * @param count how many entries have it
     * @param places the first of them
     */
    public record Problem(String what, int count, List<Place> places) {}

    /**
     * An entry.
     *
     * @param file the file it stands in; empty for data without one
     * @param entry its place among the entries of its file, from 0
     * @param line the line it begins on, from 1; 0 where the format has no lines
     * @param beginning the beginning of what it says
     */
    public record Place(String file, int entry, int line, String beginning) {

        /** For people. */
        public String inWords() {
            String where = line > 0 ? "line " + line + ", entry [" + entry + "]" : "entry [" + entry + "]";
            return (file == null || file.isEmpty() ? where : file + ", " + where) + ": ";
        }
    }

    /**
     * How long examples are.
     *
     * @param unit {@code tokens} or {@code characters}
     * @param limit tokens that a row may have; where a model is named
     * @param tooLong how many examples are longer
     * @param leftOut how many of those are left out; the others are cut
     * @param histogram how many examples are how long
     */
    public record Lengths(
            String unit, int shortest, int median, int ninetyFifth, int longest, Optional<Integer> limit, int tooLong, int leftOut,
            List<Part> histogram) {

        public Lengths {
            limit = limit == null ? Optional.empty() : limit;
            histogram = histogram == null ? List.of() : List.copyOf(histogram);
        }

        /** For people. */
        public String inWords() {
            String words = "Length in " + unit + ": shortest " + shortest + ", median " + median + ", 95 % at most " + ninetyFifth
                    + ", longest " + longest + ".";
            return words + limit.map(most -> " A row may have " + most + ": " + (tooLong == 0
                    ? "all fit."
                    : tooLong + " are longer, of which " + (tooLong - leftOut) + " are cut and " + leftOut + " left out.")).orElse("");
        }
    }
}
