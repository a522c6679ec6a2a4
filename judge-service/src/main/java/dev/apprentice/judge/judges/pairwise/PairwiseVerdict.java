package dev.apprentice.judge.judges.pairwise;

import dev.apprentice.chat.answer.Reading;
import dev.apprentice.judge.judges.judging.JudgeAnswer;
import java.util.Optional;

/**
 * The comparison of two answers to one example.
 *
 * @param example the example
 * @param outcome which answer won
 * @param reason the judge's reason with the first answer shown first
 * @param reasonSwapped its reason with the second answer shown first
 * @param firstLength characters of the first answer
 * @param secondLength characters of the second
 * @param shownFirst how many answers of the judge preferred the answer shown first, 0 to 2
 * @param shownSecond how many answers of the judge preferred the answer shown second, 0 to 2
 */
public record PairwiseVerdict(
        String example,
        Outcome outcome,
        Optional<String> reason,
        Optional<String> reasonSwapped,
        int firstLength,
        int secondLength,
        int shownFirst,
        int shownSecond) {

    /** The outcome of a comparison. */
    public enum Outcome {
        FIRST,
        SECOND,
        TIE,
        /** The judge's preference depended on the order; counts as a tie. */
        FLIPPED,
        /** An answer of the judge could not be read; does not count. */
        UNREADABLE
    }

    /** Decides without the judge: an empty answer loses, and two equal or two empty answers tie. */
    static PairwiseVerdict unasked(String example, String first, String second) {
        Outcome outcome = first.isBlank() == second.isBlank()
                ? Outcome.TIE
                : first.isBlank() ? Outcome.SECOND : Outcome.FIRST;
        return new PairwiseVerdict(
                example, outcome, Optional.empty(), Optional.empty(), length(first), length(second), 0, 0);
    }

    /** Creates the verdict from the judge's answers in both orders. */
    static PairwiseVerdict of(String example, String first, String second, JudgeAnswer straight, JudgeAnswer swapped) {
        Optional<Double> forFirst = straight.reading().map(Reading::score);
        Optional<Double> forSecond = swapped.reading().map(Reading::score);
        return new PairwiseVerdict(
                example,
                forFirst.flatMap(a -> forSecond.map(b -> outcome(a, b))).orElse(Outcome.UNREADABLE),
                straight.reading().flatMap(Reading::reason),
                swapped.reading().flatMap(Reading::reason),
                length(first),
                length(second),
                count(1, forFirst) + count(1, forSecond),
                count(0, forFirst) + count(0, forSecond));
    }

    private static Outcome outcome(double forFirst, double forSecond) {
        if (forFirst != 1 - forSecond) {
            return Outcome.FLIPPED;
        }
        return forFirst == forSecond ? Outcome.TIE : forFirst > forSecond ? Outcome.FIRST : Outcome.SECOND;
    }

    private static int count(double preference, Optional<Double> seen) {
        return seen.filter(value -> value == preference).isPresent() ? 1 : 0;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
