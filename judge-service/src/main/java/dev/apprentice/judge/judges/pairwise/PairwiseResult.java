package dev.apprentice.judge.judges.pairwise;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.apprentice.judge.judges.pairwise.PairwiseVerdict.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.DoubleStream;

/**
 * Two checkpoints compared by a judge.
 *
 * @param id identifies the comparison; equal requests have equal ids
 * @param first the checkpoint whose wins are counted
 * @param second the other
 * @param judge the judge's name
 * @param model the model that is asked
 * @param rubric the rubric's name
 * @param rubricVersion its version
 * @param questions examples that both have answered
 * @param compared how many of them have been compared
 * @param complete whether all have been compared
 * @param wins examples that the first won in both orders
 * @param losses examples that the second won in both orders
 * @param ties examples without a winner: a tie in both orders, or equal answers
 * @param flipped examples whose outcome depended on the order; they count as ties
 * @param unreadable examples for which an answer of the judge could not be read; they do not count
 * @param winRate wins plus half of ties and flipped examples, divided by the examples that count, 0 to 1; 0.5 means equally good
 * @param standardError the standard error of the win rate
 * @param positionBias share of the judge's answers with a preference that preferred the answer shown first; 0.5 means no bias
 * @param winnerLength mean characters of answers that won
 * @param loserLength mean characters of answers that lost; a large difference shows a judge that prefers long answers
 * @param verdicts the verdicts on the examples; earlier versions wrote them as {@code duels}
 */
public record PairwiseResult(
        String id,
        Contestant first,
        Contestant second,
        String judge,
        String model,
        String rubric,
        String rubricVersion,
        int questions,
        int compared,
        boolean complete,
        int wins,
        int losses,
        int ties,
        int flipped,
        int unreadable,
        Optional<Double> winRate,
        Optional<Double> standardError,
        Optional<Double> positionBias,
        Optional<Double> winnerLength,
        Optional<Double> loserLength,
        @JsonAlias("duels") List<PairwiseVerdict> verdicts) {

    /** Computes the result from the verdicts so far. */
    static PairwiseResult of(PairwisePlan plan, List<PairwiseVerdict> verdicts) {
        int wins = count(verdicts, Outcome.FIRST);
        int losses = count(verdicts, Outcome.SECOND);
        int ties = count(verdicts, Outcome.TIE);
        int flipped = count(verdicts, Outcome.FLIPPED);
        int counting = wins + losses + ties + flipped;
        Optional<Double> rate =
                counting == 0 ? Optional.empty() : Optional.of((wins + (ties + flipped) / 2.0) / counting);
        return new PairwiseResult(
                plan.id(), plan.first(), plan.second(), plan.judge(), plan.model(), plan.rubric(), plan.rubricVersion(),
                plan.questions(), verdicts.size(), verdicts.size() == plan.questions(),
                wins, losses, ties, flipped, count(verdicts, Outcome.UNREADABLE),
                rate,
                rate.filter(mean -> counting > 1).map(mean -> standardError(mean, wins, losses, counting)),
                share(sum(verdicts, PairwiseVerdict::shownFirst), sum(verdicts, PairwiseVerdict::shownSecond)),
                mean(verdicts, PairwiseVerdict::firstLength, PairwiseVerdict::secondLength),
                mean(verdicts, PairwiseVerdict::secondLength, PairwiseVerdict::firstLength),
                List.copyOf(verdicts));
    }

    /** Returns this result without its verdicts, for a list. */
    public PairwiseResult summary() {
        return new PairwiseResult(
                id, first, second, judge, model, rubric, rubricVersion, questions, compared, complete, wins, losses, ties,
                flipped, unreadable, winRate, standardError, positionBias, winnerLength, loserLength, List.of());
    }

    /**
     * Returns the standard error of the mean of wins (1), ties (0.5) and losses (0): their standard deviation divided by the
     * square root of their number.
     */
    private static double standardError(double mean, int wins, int losses, int counting) {
        double squares = wins * square(1 - mean) + losses * square(mean)
                + (counting - wins - losses) * square(0.5 - mean);
        return Math.sqrt(squares / (counting - 1) / counting);
    }

    private static double square(double value) {
        return value * value;
    }

    private static int count(List<PairwiseVerdict> verdicts, Outcome outcome) {
        return (int) verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
    }

    private static int sum(List<PairwiseVerdict> verdicts, ToIntFunction<PairwiseVerdict> figure) {
        return verdicts.stream().mapToInt(figure).sum();
    }

    private static Optional<Double> share(int part, int rest) {
        return part + rest == 0 ? Optional.empty() : Optional.of((double) part / (part + rest));
    }

    private static Optional<Double> mean(
            List<PairwiseVerdict> verdicts,
            ToDoubleFunction<PairwiseVerdict> whereFirstWon,
            ToDoubleFunction<PairwiseVerdict> whereSecondWon) {
        return DoubleStream.concat(
                        verdicts.stream().filter(verdict -> verdict.outcome() == Outcome.FIRST).mapToDouble(whereFirstWon),
                        verdicts.stream().filter(verdict -> verdict.outcome() == Outcome.SECOND).mapToDouble(whereSecondWon))
                .average()
                .stream().boxed().findFirst();
    }
}
