package dev.apprentice.judge.judges.pairwise;

import dev.apprentice.judge.judges.pairwise.Duel.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Two checkpoints compared by a judge.
 *
 * @param id what to ask for it by; the same comparison has the same id
 * @param first the checkpoint whose wins are counted
 * @param second the other
 * @param judge the judge's name
 * @param model the model that is asked
 * @param rubric the rubric's name
 * @param rubricVersion its version
 * @param questions examples that both have answered
 * @param compared how many of them are compared by now
 * @param complete whether all are
 * @param wins duels that the first won in both orders
 * @param losses duels that the second won in both orders
 * @param ties comparisons without a winner in either order
 * @param flipped duels whose outcome depended on the order; they count as ties
 * @param unreadable duels without a word from the judge that could be read; they do not count
 * @param winRate wins and half of the ties by duels that count, 0 to 1; a half means equally good
 * @param standardError of the win rate
 * @param positionBias share of the judge's decided answers that preferred what was shown first; a half means none
 * @param winnerLength mean characters of answers that won
 * @param loserLength mean characters of answers that lost: a judge that likes length shows here
 * @param duels example by example
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
        List<Duel> duels) {

    /** The result of the duels fought so far, and what the others are about. */
    static PairwiseResult of(PairwisePlan plan, List<Duel> duels) {
        int wins = count(duels, Outcome.FIRST);
        int losses = count(duels, Outcome.SECOND);
        int ties = count(duels, Outcome.TIE);
        int flipped = count(duels, Outcome.FLIPPED);
        int counting = wins + losses + ties + flipped;
        Optional<Double> rate =
                counting == 0 ? Optional.empty() : Optional.of((wins + (ties + flipped) / 2.0) / counting);
        return new PairwiseResult(
                plan.id(), plan.first(), plan.second(), plan.judge(), plan.model(), plan.rubric(), plan.rubricVersion(),
                plan.questions(), duels.size(), duels.size() == plan.questions(),
                wins, losses, ties, flipped, count(duels, Outcome.UNREADABLE),
                rate,
                rate.filter(mean -> counting > 1).map(mean -> standardError(mean, wins, losses, counting)),
                share(duels.stream().mapToInt(Duel::shownFirst).sum(), duels.stream().mapToInt(Duel::shownSecond).sum()),
                mean(duels, Duel::firstLength, Duel::secondLength),
                mean(duels, Duel::secondLength, Duel::firstLength),
                List.copyOf(duels));
    }

    /** The same without its duels, for a list. */
    public PairwiseResult summary() {
        return new PairwiseResult(
                id, first, second, judge, model, rubric, rubricVersion, questions, compared, complete, wins, losses, ties,
                flipped, unreadable, winRate, standardError, positionBias, winnerLength, loserLength, List.of());
    }

    /** Of the mean of wins (1), ties (a half) and losses (0): their standard deviation by the root of their number. */
    private static double standardError(double mean, int wins, int losses, int counting) {
        double squares = wins * square(1 - mean) + losses * square(mean)
                + (counting - wins - losses) * square(0.5 - mean);
        return Math.sqrt(squares / (counting - 1) / counting);
    }

    private static double square(double value) {
        return value * value;
    }

    private static int count(List<Duel> duels, Outcome outcome) {
        return (int) duels.stream().filter(duel -> duel.outcome() == outcome).count();
    }

    private static Optional<Double> share(int part, int rest) {
        return part + rest == 0 ? Optional.empty() : Optional.of((double) part / (part + rest));
    }

    private static Optional<Double> mean(
            List<Duel> duels, ToDoubleFunction<Duel> whereFirstWon, ToDoubleFunction<Duel> whereSecondWon) {
        return DoubleStream.concat(
                        duels.stream().filter(duel -> duel.outcome() == Outcome.FIRST).mapToDouble(whereFirstWon),
                        duels.stream().filter(duel -> duel.outcome() == Outcome.SECOND).mapToDouble(whereSecondWon))
                .average()
                .stream().boxed().findFirst();
    }
}
