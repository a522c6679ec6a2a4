package dev.apprentice.contracts;

/**
 * Instructions that a run's examples give more than once. Two examples give one instruction where {@code instruction} and
 * {@code input} are equal, whatever their answers.
 *
 * @param examples how many examples the run has in all
 * @param repeated how many of them give an instruction that an earlier one has given
 * @param trainedTest how many of the test questions are trained on as well; 0 unless the split goes by position alone
 */
public record Repeats(int examples, int repeated, int trainedTest) {

    public Repeats {
        Require.atLeast(0, repeated, "repeats.repeated");
        Require.atLeast(repeated, examples, "repeats.examples");
        Require.atLeast(0, trainedTest, "repeats.trainedTest");
    }

    /** For people; empty where no instruction is given twice. */
    public String inWords() {
        if (repeated == 0) {
            return "";
        }
        String words = repeated + " of " + examples + " examples are duplicates (instruction and input of an earlier one)";
        return trainedTest == 0
                ? words + " and are in its split"
                : words + "; " + trainedTest + " test questions are trained on, so the scores are too good";
    }
}
