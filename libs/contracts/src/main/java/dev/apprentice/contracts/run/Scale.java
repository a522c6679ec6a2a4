package dev.apprentice.contracts.run;

import dev.apprentice.contracts.InvalidEventException;

/**
 * The numbers a rubric may give.
 *
 * @param from the worst
 * @param to the best, above {@code from}
 */
public record Scale(double from, double to) {

    /** 0 to 100, the textbook's, and what holds where a verdict names none. */
    public static final Scale TEXTBOOK = new Scale(0, 100);

    public Scale {
        if (!(from < to && Double.isFinite(from) && Double.isFinite(to))) {
            throw new InvalidEventException("field 'scale' is from " + from + " to " + to
                    + "; both are numbers and 'from' is the smaller");
        }
    }
}
