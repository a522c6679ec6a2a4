package dev.apprentice.dataset.inspection;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.dataset.batches.RunFormat.ShownToken;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.reading.outcome.Omissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What data holds, and what a run would learn from it.
 *
 * @param entries number of entries
 * @param examples number of entries that can be used
 * @param layouts number of entries by recognised layout
 * @param ignoredFields fields with content that is not learned, and how many examples have each
 * @param problems what is wrong with entries, the most frequent first
 * @param lengths how long examples are
 * @param first the first example
 * @param firstAsRead the first example as the model reads it; without a model, in the default prompt style, Alpaca
 * @param omissions what was left out by request
 * @param sample the first examples, as many as were requested
 * @param labels how often each answer comes, if there are few different ones
 * @param languages how many examples of a random sample are in each language, as ISO 639-1 codes or {@code unknown}
 * @param tokens the first example's row; only with a model
 * @param texts about plain texts; only with a model
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
     * Plain texts, and the rows that they would become if all were learned.
     *
     * @param count number of texts
     * @param tokens of all of them, each with its end-of-text
     * @param rows if each text has rows of its own
     * @param packedRows if texts are packed into rows together
     */
    public record Texts(int count, long tokens, long rows, long packedRows) {}

    /**
     * A problem of entries.
     *
     * @param what is wrong, in words
     * @param count how many entries have it
     * @param places the first of them
     */
    public record Problem(String what, int count, List<Place> places) {}

    /**
     * The place of an entry.
     *
     * @param file the file's name, if the data has several files or came with its name
     * @param entry its place among the entries of its file, from 0
     * @param line the line it begins on, from 1; 0 if the format has no lines
     * @param beginning the first characters of its text
     */
    public record Place(@JsonInclude(JsonInclude.Include.NON_EMPTY) String file, int entry, int line, String beginning) {}

    /**
     * How long examples are: in tokens with the prompt but without the end-of-text, or in characters of instruction, input and
     * output.
     *
     * @param unit {@code tokens} with a model, {@code characters} otherwise
     * @param limit inputs that a row may have; only with a model
     * @param tooLong how many examples are longer
     * @param leftOut how many of those are left out; the others are truncated
     * @param histogram how many examples have which length
     */
    public record Lengths(
            String unit, int shortest, int median, int ninetyFifth, int longest, Optional<Integer> limit, int tooLong, int leftOut,
            List<Histogram.Part> histogram) {}
}
