package dev.apprentice.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.Require;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many instructions occur more than once among a run's examples. Two examples have one instruction if {@code instruction} and
 * {@code input} are equal; their answers may differ.
 *
 * @param examples how many examples the run has in all
 * @param repeated how many of them have an instruction that an earlier one has
 * @param trainedTest how many of the test questions are trained on as well; 0 unless the split goes by position alone
 * @param leftOut how many of the repeated ones also have an earlier one's answer and are left out; empty if they are kept
 * @param asked how many of the repeated ones give another answer to an instruction of the run's test or validation file. They are
 *     left out too, since the question would be learned before it is asked. Empty if there are none
 * @param similar test and validation examples that are nearly equal to training examples; empty if this was not checked
 */
public record Repeats(
        int examples,
        int repeated,
        int trainedTest,
        Optional<Integer> leftOut,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Integer> asked,
        Optional<Similar> similar) {

    public Repeats {
        leftOut = leftOut == null ? Optional.empty() : leftOut;
        asked = asked == null ? Optional.empty() : asked.filter(some -> some > 0);
        similar = similar == null ? Optional.empty() : similar;
        Require.atLeast(0, repeated, "repeats.repeated");
        Require.atLeast(repeated, examples, "repeats.examples");
        Require.atLeast(0, trainedTest, "repeats.trainedTest");
    }

    /** Creates the counts of a run that keeps all repeats and does not check for near duplicates. */
    public Repeats(int examples, int repeated, int trainedTest) {
        this(examples, repeated, trainedTest, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Returns a description for people; empty if no instruction occurs twice and no held-out example is nearly equal to a training
     * example.
     */
    public String inWords() {
        return Stream.of(repeatedInWords(), similar.map(Similar::inWords).orElse(""))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private String repeatedInWords() {
        if (repeated == 0) {
            return "";
        }
        StringBuilder words = new StringBuilder()
                .append(repeated).append(" of ").append(examples)
                .append(" examples are duplicates (instruction and input of an earlier one)");
        int gone = leftOut.orElse(0);
        if (gone > 0) {
            words.append(", ").append(gone).append(" of them with its answer, too, which are left out");
        }
        asked.ifPresent(some -> words.append("; ").append(some)
                .append(" give a question of the test or validation file another answer, and are left out of training"));
        if (trainedTest > 0) {
            words.append("; ").append(trainedTest).append(" test questions are trained on, so the scores are too good");
        } else if (gone + asked.orElse(0) < repeated) {
            words.append(gone + asked.orElse(0) > 0 ? "; the others are in its split" : " and are in its split");
        }
        return words.toString();
    }
}
