package dev.apprentice.contracts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How good one response is.
 *
 * @param run the run
 * @param step the checkpoint's step
 * @param example the example's id
 * @param index its place in the exam, from 0
 * @param of how many questions the exam has
 * @param verdicts what each judge said; empty where none is configured
 * @param metrics reference metrics by name ({@code exact_match}, {@code token_f1}, {@code rouge_l}), each 0 to 1
 */
public record Score(
        String run,
        int step,
        String example,
        int index,
        int of,
        List<Verdict> verdicts,
        Map<String, Double> metrics)
        implements Event {

    /**
     * One judge's word on one response. Exactly one of {@code score} and {@code unreadable} is there.
     *
     * @param judge the judge's model
     * @param score 0 to 100
     * @param unreadable the answer's text where no score could be read from it
     * @param seconds how long the judge took
     */
    public record Verdict(String judge, Optional<Double> score, Optional<String> unreadable, double seconds) {

        public Verdict {
            Require.text(judge, "verdicts.judge");
            score = score == null ? Optional.empty() : score;
            unreadable = unreadable == null ? Optional.empty() : unreadable;
            score.ifPresent(value -> Require.between(0, 100, value, "verdicts.score"));
            if (score.isPresent() == unreadable.isPresent()) {
                throw new InvalidEventException(
                        "field 'verdicts' needs exactly one of 'score' and 'unreadable' for judge '" + judge + "'");
            }
        }
    }

    public Score {
        Require.name(run, "run");
        Require.atLeast(0, step, "step");
        Require.name(example, "example");
        Require.atLeast(0, index, "index");
        Require.atLeast(index + 1, of, "of");
        verdicts = verdicts == null ? List.of() : List.copyOf(verdicts);
        metrics = new TreeMap<>(Require.present(metrics, "metrics"));
        metrics.forEach((metric, value) -> Require.between(0, 1, value, "metrics." + metric));
    }

    @Override
    public String key() {
        return ExampleKey.of(run, step, example);
    }
}
