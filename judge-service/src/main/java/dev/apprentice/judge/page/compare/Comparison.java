package dev.apprentice.judge.page.compare;

import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.judge.metrics.ExamFigure;
import dev.apprentice.judge.report.CheckpointComparison;
import dev.apprentice.judge.responses.ScoredResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The comparison of two checkpoints on the examples that both have answered, in the order of the left one's exam. */
final class Comparison {

    private final List<ExamplePair> pairs;

    private Comparison(List<ExamplePair> pairs) {
        this.pairs = pairs;
    }

    /**
     * Pairs the answers by the example's id, so that checkpoints of different runs are compared on the overlap of their exams.
     */
    static Comparison of(List<ScoredResponse> left, List<ScoredResponse> right) {
        Map<String, ScoredResponse> others = right.stream()
                .collect(Collectors.toMap(scored -> scored.response().example(), Function.identity(), (one, same) -> one));
        return new Comparison(left.stream()
                .filter(scored -> others.containsKey(scored.response().example()))
                .map(scored -> new ExamplePair(scored, others.get(scored.response().example())))
                .toList());
    }

    int examples() {
        return pairs.size();
    }

    /** Returns a tally for every figure that some example has on both sides, judges' figures first. */
    List<Tally> tallies() {
        SortedSet<String> judges = new TreeSet<>();
        SortedSet<String> metrics = new TreeSet<>();
        for (ExamplePair pair : pairs) {
            pair.left().score().ifPresent(score -> {
                score.verdicts().forEach(verdict -> judges.add(ExamFigure.JUDGE + verdict.judge()));
                metrics.addAll(score.metrics().keySet());
            });
        }
        Map<String, Report.Comparison> tests = CheckpointComparison.of(scores(ExamplePair::left), scores(ExamplePair::right));
        List<Tally> tallies = new ArrayList<>();
        judges.forEach(name -> tally(new Figure(name), tests).ifPresent(tallies::add));
        metrics.forEach(name -> tally(new Figure(name), tests).ifPresent(tallies::add));
        return tallies;
    }

    private List<Score> scores(Function<ExamplePair, ScoredResponse> side) {
        return pairs.stream().map(side).flatMap(scored -> scored.score().stream()).toList();
    }

    private Optional<Tally> tally(Figure figure, Map<String, Report.Comparison> tests) {
        int[] outcomes = new int[Outcome.values().length];
        double left = 0;
        double right = 0;
        int examples = 0;
        for (ExamplePair pair : pairs) {
            Optional<Outcome> outcome = pair.by(figure);
            if (outcome.isPresent()) {
                examples++;
                outcomes[outcome.get().ordinal()]++;
                left += pair.left().figure(figure.name()).orElseThrow();
                right += pair.right().figure(figure.name()).orElseThrow();
            }
        }
        return examples == 0
                ? Optional.empty()
                : Optional.of(new Tally(
                        figure.name(),
                        figure.lowerIsBetter(),
                        examples,
                        outcomes[Outcome.WIN.ordinal()],
                        outcomes[Outcome.LOSS.ordinal()],
                        outcomes[Outcome.TIE.ordinal()],
                        left / examples,
                        right / examples,
                        Optional.ofNullable(tests.get(figure.name()))));
    }

    /** Returns the examples; if a figure and an outcome are given, only those with that outcome. */
    List<ExamplePair> pairs(Optional<Figure> figure, Optional<Outcome> outcome) {
        return pairs.stream()
                .filter(pair -> figure.isEmpty() || outcome.isEmpty() || pair.by(figure.get()).equals(outcome))
                .toList();
    }
}
