package dev.apprentice.contracts;

import java.util.Optional;

/**
 * What a run learns from, and how examples become rows of tokens.
 *
 * @param dataset the dataset's name at dataset-service
 * @param promptStyle {@code alpaca} or {@code phi3}
 * @param split how examples are shared out between training, test and validation
 * @param maxLength rows longer than this many tokens are treated by {@code overlong}; empty means the model's context
 * @param overlong what becomes of an over-long row
 */
public record DataSource(
        String dataset, String promptStyle, Split split, Optional<Integer> maxLength, Overlong overlong) {

    /** What becomes of a row longer than {@code maxLength}. */
    public enum Overlong {
        /** Cut at the end; the end-of-text is lost (the textbook's way). */
        TRUNCATE,
        /** Left out. */
        DROP,
        /** Cut, and the end-of-text kept as its last token. */
        TERMINATE
    }

    public DataSource {
        Require.name(dataset, "data.dataset");
        promptStyle = promptStyle == null ? "alpaca" : Require.text(promptStyle, "data.promptStyle");
        split = split == null ? Split.TEXTBOOK : split;
        maxLength = maxLength == null ? Optional.empty() : maxLength;
        maxLength.ifPresent(length -> Require.atLeast(2, length, "data.maxLength"));
        overlong = overlong == null ? Overlong.TERMINATE : overlong;
    }
}
