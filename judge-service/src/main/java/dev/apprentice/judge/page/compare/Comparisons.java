package dev.apprentice.judge.page.compare;

import dev.apprentice.judge.responses.ScoredResponse;
import dev.apprentice.judge.responses.ScoredResponses;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares checkpoints by their stored responses, without keeping anything between two calls. */
@ApplicationScoped
public class Comparisons {

    private final ScoredResponses responses;

    Comparisons(ScoredResponses responses) {
        this.responses = responses;
    }

    /**
     * A pair of checkpoints, compared by every figure.
     *
     * @param left the checkpoint whose wins are counted
     * @param right the other
     * @param examples examples that both have answered
     * @param tallies one for each figure, judges' figures first
     */
    public record Pair(Candidate left, Candidate right, int examples, List<Tally> tallies) {}

    /**
     * One example of a pair.
     *
     * @param left the left checkpoint's answer and score
     * @param right the right checkpoint's
     * @param outcome the outcome by the requested figure; empty if either lacks it, or none was requested
     */
    public record Example(ScoredResponse left, ScoredResponse right, Optional<Outcome> outcome) {}

    /**
     * A page of a pair's examples.
     *
     * @param matching how many examples there are on all pages
     * @param offset how many come before this page
     * @param examples the page
     */
    public record Examples(int matching, int offset, List<Example> examples) {}

    /**
     * Compares a checkpoint with each of the others by every figure. The pairs are computed in parallel, since each takes a
     * moment.
     */
    public List<Pair> pairs(Candidate left, List<Candidate> others) {
        List<ScoredResponse> exam = exam(left);
        return others.parallelStream().map(right -> pair(left, right, Comparison.of(exam, exam(right)))).toList();
    }

    private static Pair pair(Candidate left, Candidate right, Comparison comparison) {
        return new Pair(left, right, comparison.examples(), comparison.tallies());
    }

    /** Returns a page of the examples of two checkpoints, filtered by text and outcome. */
    public Examples examples(
            Candidate left,
            Candidate right,
            Optional<Figure> figure,
            Optional<Outcome> outcome,
            Optional<String> text,
            int offset,
            int limit) {
        List<ExamplePair> all = Comparison.of(exam(left), exam(right)).pairs(figure, outcome).stream()
                .filter(pair -> text.map(wanted -> contains(pair, wanted)).orElse(true))
                .toList();
        return new Examples(
                all.size(),
                offset,
                all.stream()
                        .skip(offset)
                        .limit(limit)
                        .map(pair -> new Example(pair.left(), pair.right(), figure.flatMap(pair::by)))
                        .toList());
    }

    private List<ScoredResponse> exam(Candidate candidate) {
        return responses.of(candidate.run(), candidate.step());
    }

    private static boolean contains(ExamplePair pair, String wanted) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        return List.of(
                        pair.left().response().instruction(),
                        pair.left().response().input(),
                        pair.left().response().output(),
                        pair.left().response().response(),
                        pair.right().response().response())
                .stream()
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(lower));
    }
}
