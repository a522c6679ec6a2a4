package dev.apprentice.judge.page.compare;

import dev.apprentice.contracts.event.Report.Better;
import java.util.Optional;

/**
 * A figure by which examples are compared.
 *
 * @param name a metric's name, or {@code judge:} and the judge's
 */
public record Figure(String name) {

    /** The largest difference that counts as a tie: rounding errors of sums in another order are smaller than this. */
    private static final double SAME = 1e-9;

    boolean lowerIsBetter() {
        return Better.of(name) == Better.LOW;
    }

    /** Compares two values. Empty if neither direction is better, as for a length. */
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
