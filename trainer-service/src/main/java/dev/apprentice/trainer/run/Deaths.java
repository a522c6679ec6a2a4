package dev.apprentice.trainer.run;

import java.nio.charset.StandardCharsets;

/**
 * How often the process ended in a run's work.
 *
 * @param there how often in a row it ended at the point where it ended last
 * @param step after which step that was; {@link #NO_STEP} before the first one since the model was loaded
 * @param furthest the highest step that was reached
 * @param inVain how often in a row it did not get further than before; the first one counts
 */
record Deaths(int there, int step, int furthest, int inVain) {

    static final int NO_STEP = -1;

    static final Deaths NONE = new Deaths(0, NO_STEP, NO_STEP, 0);

    /** So often it may end at one point. */
    private static final int ALLOWED_THERE = 1;

    /** Native memory that is not given back, say, does not run out at one step exactly. */
    private static final int ALLOWED_IN_VAIN = 5;

    /** @param text of an earlier version, which counts those before the first step alone, or {@link #text}; else one death */
    static Deaths read(String text) {
        String[] numbers = text.strip().split(" ");
        try {
            int there = Integer.parseInt(numbers[0]);
            return numbers.length < 4
                    ? new Deaths(there, NO_STEP, NO_STEP, there)
                    : new Deaths(there, Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]), Integer.parseInt(numbers[3]));
        } catch (NumberFormatException e) {
            return NONE.andOneAfter(NO_STEP); // damaged, but there: an earlier attempt did not end
        }
    }

    byte[] text() {
        return (there + " " + step + " " + furthest + " " + inVain).getBytes(StandardCharsets.US_ASCII);
    }

    /** If it ends once more, when this step is done and none after it. */
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
