package dev.apprentice.contracts.run;

import dev.apprentice.contracts.InvalidEventException;

/**
 * The range of scores that a rubric allows.
 *
 * @param from the worst score
 * @param to the best score, above {@code from}
 */
public record Scale(double from, double to) {

    /** 0 to 100: the textbook's scale, and the default of a verdict without one. */
    public static final Scale TEXTBOOK = new Scale(0, 100);

    public Scale {
        if (!(from < to && Double.isFinite(from) && Double.isFinite(to))) {
            throw new InvalidEventException("field 'scale' is from " + from + " to " + to
                    + "; both are numbers and 'from' is the smaller");
        }
    }
}
