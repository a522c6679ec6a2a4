package dev.apprentice.contracts.event;

import dev.apprentice.contracts.Require;
import java.util.List;
import java.util.Locale;

/**
 * Test and validation examples of a run that are equal or nearly equal to training examples. A model may know their answers by
 * heart.
 *
 * @param threshold the share of text that an example must have in common with a training example to count, 0.5 to 1
 * @param compared how many test and validation examples were compared; not all if there are very many
 * @param test how many test examples count
 * @param validation how many validation examples count
 * @param pairs the first of them
 */
public record Similar(double threshold, int compared, int test, int validation, List<Pair> pairs) {

    /** How many pairs are named at most. */
    public static final int NAMED = 20;

    private static final int NAMED_IN_WORDS = 5;

    public Similar {
        Require.atLeast(0, compared, "similar.compared");
        Require.atLeast(0, test, "similar.test");
        Require.atLeast(0, validation, "similar.validation");
        pairs = Require.elements(pairs, "pairs");
    }

    /**
     * Two examples that are nearly equal.
     *
     * @param heldOut the id of the test or validation example
     * @param test whether that example is a test example
     * @param training the id of the training example
     * @param similarity the share of their text that they have in common, 0 to 1
     */
    public record Pair(String heldOut, boolean test, String training, double similarity) {

        private String inWords() {
            return String.format(Locale.ROOT, "%s '%s' is like '%s' (%.2f)", test ? "test" : "validation", heldOut, training, similarity);
        }
    }

    /** Returns a description for people; empty if there are none. */
    public String inWords() {
        if (test + validation == 0) {
            return "";
        }
        String named = String.join(", ", pairs.stream().limit(NAMED_IN_WORDS).map(Pair::inWords).toList());
        String more = test + validation > NAMED_IN_WORDS ? " and others" : "";
        return String.format(Locale.ROOT, "%d test and %d validation examples are nearly training examples (data.nearDuplicates %s): ",
                test, validation, threshold) + named + more;
    }
}
