package dev.apprentice.dataset.inspection;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.dataset.batches.RunFormat.ShownToken;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.reading.Omissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What data holds, and what a run would make of it.
 *
 * @param entries how many there are
 * @param examples how many of them can be used
 * @param layouts how many entries were recognised as laid out how
 * @param ignoredFields fields that say something and are not learned, and how many examples have each
 * @param problems what is wrong with entries, the most frequent first
 * @param lengths how long examples are
 * @param first the first example
 * @param firstAsRead the first example as the model reads it; where none is named, in Alpaca's words, the usual ones
 * @param omissions what was left out because that was asked for
 * @param sample the first examples, as many as were asked for
 * @param labels how often each answer comes, where there are few different ones
 * @param languages how many of the examples that were drawn are in which language, as ISO 639-1 codes or {@code unknown}
 * @param tokens the first example's row; where a model is named
 * @param texts what there is of plain text; where a model is named
 */
public record Inspection(
        int entries,
        int examples,
        Map<String, Integer> layouts,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> ignoredFields,
        List<Problem> problems,
        Lengths lengths,
        Optional<Example> first,
        Optional<String> firstAsRead,
        Omissions omissions,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Example> sample,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> labels,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> languages,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ShownToken> tokens,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Texts> texts) {

    /**
     * Plain texts, and the rows that they become, were all of them learned.
     *
     * @param count how many there are
     * @param tokens of all of them, each with its end-of-text
     * @param rows where each has rows of its own
     * @param packedRows where they fill rows together
     */
    public record Texts(int count, long tokens, long rows, long packedRows) {}

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
     * @param file the file it stands in, where the data has several or came with its name
     * @param entry its place among the entries of its file, from 0
     * @param line the line it begins on, from 1; 0 where the format has no lines
     * @param beginning the beginning of what it says
     */
    public record Place(@JsonInclude(JsonInclude.Include.NON_EMPTY) String file, int entry, int line, String beginning) {}

    /**
     * How long examples are, each with its prompt and its end.
     *
     * @param unit {@code tokens} where a model is named, {@code characters} otherwise
     * @param limit inputs that a row may have; where a model is named
     * @param tooLong how many examples are longer
     * @param leftOut how many of those are left out; the others are cut
     * @param histogram how many examples are how long
     */
    public record Lengths(
            String unit, int shortest, int median, int ninetyFifth, int longest, Optional<Integer> limit, int tooLong, int leftOut,
            List<Histogram.Part> histogram) {}
}
