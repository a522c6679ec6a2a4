package dev.apprentice.trainer.run;

import java.nio.charset.StandardCharsets;

/**
 * How often the process ended in a run's work.
 *
 * @param there how many times in a row it ended at its latest point of death
 * @param step the step after which that was; {@link #NO_STEP} before the first step since the model was loaded
 * @param furthest the highest step ever reached
 * @param inVain how many times in a row it got no further than before, counted from 1
 */
record Deaths(int there, int step, int furthest, int inVain) {

    static final int NO_STEP = -1;

    static final Deaths NONE = new Deaths(0, NO_STEP, NO_STEP, 0);

    /** How often the process may end at one point. */
    private static final int ALLOWED_THERE = 1;

    /**
     * How often the process may end in a row without getting further. A leak of native memory, for example, does not exhaust the
     * memory at the same step each time.
     */
    private static final int ALLOWED_IN_VAIN = 5;

    /**
     * Parses a file's text. Text that cannot be parsed counts as one death.
     *
     * @param text the result of {@link #text}, or that of an earlier version, which only counts deaths before the first step
     */
    static Deaths read(String text) {
        String[] numbers = text.strip().split(" ");
        try {
            int there = Integer.parseInt(numbers[0]);
            return numbers.length < 4
                    ? new Deaths(there, NO_STEP, NO_STEP, there)
                    : new Deaths(there, Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]), Integer.parseInt(numbers[3]));
        } catch (NumberFormatException e) {
            return NONE.andOneAfter(NO_STEP); // the file is damaged, but exists: an earlier attempt did not end
        }
    }

    byte[] text() {
        return (there + " " + step + " " + furthest + " " + inVain).getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the count if the process ends once more, after this step and before the next. */
    Deaths andOneAfter(int reached) {
        return new Deaths(
                reached == step ? there + 1 : 1,
                reached,
                Math.max(furthest, reached),
                reached > furthest ? 1 : inVain + 1);
    }

    boolean isFurtherThan(Deaths before) {
        return furthest > before.furthest;
    }

    boolean areTheRunsFault() {
        return there > ALLOWED_THERE || inVain > ALLOWED_IN_VAIN;
    }

    String inWords() {
        if (there <= ALLOWED_THERE) {
            return inVain + " times without getting beyond step " + Math.max(0, furthest) + " of this run";
        }
        return there + " times " + (step == NO_STEP
                ? "while it loaded this run's model or took the first step"
                : "after step " + step + " of this run");
    }
}
