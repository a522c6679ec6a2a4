package dev.apprentice.judge.page.compare;

import dev.apprentice.contracts.event.Report.Better;
import java.util.Optional;

/**
 * What examples are compared by.
 *
 * @param name a metric's name, or {@code judge:} and the judge's
 */
public record Figure(String name) {

    /** Differences smaller than this come from adding in another order, not from another answer. */
    private static final double SAME = 1e-9;

    boolean lowerIsBetter() {
        return Better.of(name) == Better.LOW;
    }

    /** Empty where the figure is better neither way, such as a length: neither wins by it. */
    Optional<Outcome> compare(double left, double right) {
        if (Better.of(name) == Better.NEITHER) {
            return Optional.empty();
        }
        if (Math.abs(left - right) <= SAME) {
            return Optional.of(Outcome.TIE);
        }
        return Optional.of(left > right != lowerIsBetter() ? Outcome.WIN : Outcome.LOSS);
    }
}
