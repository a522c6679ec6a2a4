package dev.apprentice.judge.page.compare;

import dev.apprentice.contracts.event.Report.Comparison;
import java.util.Optional;

/**
 * Two checkpoints by one figure, on the examples that both have it for.
 *
 * @param figure a metric's name, or {@code judge:} and the judge's
 * @param lowerIsBetter whether the lower figure wins
 * @param examples how many there are
 * @param wins of the left
 * @param losses of the left
 * @param ties equal ones
 * @param left mean of the left
 * @param right mean of the right
 * @param test whether more than chance lies between them: the left's figure less the right's
 */
public record Tally(
        String figure,
        boolean lowerIsBetter,
        int examples,
        int wins,
        int losses,
        int ties,
        double left,
        double right,
        Optional<Comparison> test) {}
