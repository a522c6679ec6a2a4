package dev.apprentice.judge.page.compare;

import dev.apprentice.contracts.event.Report.Comparison;
import java.util.Optional;

/**
 * The comparison of two checkpoints by one figure, on the examples for which both have it.
 *
 * @param figure a metric's name, or {@code judge:} and the judge's
 * @param lowerIsBetter whether the lower figure wins
 * @param examples how many examples both have the figure for
 * @param wins how many the left wins
 * @param losses how many the left loses
 * @param ties how many are equal
 * @param left the left checkpoint's mean
 * @param right the right checkpoint's mean
 * @param test the difference of the left's figure minus the right's, and whether it is significant
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
