package dev.apprentice.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.Built;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Require;
import dev.apprentice.contracts.run.Scale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How good one response is. Where judges take long, what is known so far comes first and names those that are awaited; a score
 * with every verdict follows under the same key and takes its place.
 *
 * @param run the run
 * @param step the checkpoint's step
 * @param example the example's id
 * @param index its place in the exam, from 0
 * @param of how many questions the exam has
 * @param verdicts what each judge said; empty where none is configured
 * @param metrics reference metrics of this one response by name, such as {@code token_f1}; finite and not negative, and
 *     no larger than the metric's own definition allows
 * @param statistics what metrics of the whole exam are added up from, by the metric's name: one row of finite numbers,
 *     of the same length in every score; empty in scores that predate it
 * @param awaited judges that have been asked and have not answered yet; empty once the score is whole
 * @param unanswered why there is no answer to be graded, and will be none; then there are no verdicts and no metrics
 * @param category the kind of example it is, by which the report tells figures apart; empty where it has none
 * @param regraded how many times the response has been graded anew, at least 1; empty means never
 */
@Built
public record Score(
        String run,
        int step,
        String example,
        int index,
        int of,
        List<Verdict> verdicts,
        Map<String, Double> metrics,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, List<Double>> statistics,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> awaited,
        Optional<String> unanswered,
        Optional<String> category,
        Optional<Integer> regraded)
        implements Event {

    /**
     * One judge's word on one response. Exactly one of {@code score} and {@code unreadable} is there.
     *
     * @param judge the judge's name: which model, and by which rubric where that is not the usual one
     * @param score within {@code scale}
     * @param unreadable the answer's text where it gives no score
     * @param seconds how long the judge took
     * @param model the model that was asked
     * @param digest which bytes of that model, as far as its server tells
     * @param rubric the rubric's name
     * @param rubricVersion the beginning of the SHA-256 of the rubric's text
     * @param scale what {@code score} may be; empty means 0 to 100
     * @param reason what the judge gave as its reason
     * @param promptTokens tokens of the question, as the server counted them
     * @param answerTokens tokens of the answer, as the server counted them
     * @param promptCut true where the server cut the question to fit its context, and the answer is therefore no score
     * @param refused true where there was no answer and there will be none: the judge cannot be, its server refuses the question,
     *     or the run was cancelled first; {@code unreadable} then says why
     */
    @Built
    public record Verdict(
            String judge,
            Optional<Double> score,
            Optional<String> unreadable,
            double seconds,
            Optional<String> model,
            Optional<String> digest,
            Optional<String> rubric,
            Optional<String> rubricVersion,
            Optional<Scale> scale,
            Optional<String> reason,
            Optional<Integer> promptTokens,
            Optional<Integer> answerTokens,
            Optional<Boolean> promptCut,
            Optional<Boolean> refused) {

        public Verdict {
            Require.text(judge, "verdicts.judge");
            Scale allowed = scale.orElse(Scale.TEXTBOOK);
            score.ifPresent(value -> Require.between(allowed.from(), allowed.to(), value, "verdicts.score"));
            if (score.isPresent() == unreadable.isPresent()) {
                throw new InvalidEventException(
                        "field 'verdicts' needs exactly one of 'score' and 'unreadable' for judge '" + judge + "'");
            }
        }

        /**
         * The verdict of a judge that gives no answer.
         *
         * @param reason why, in one sentence
         */
        public static Verdict refused(String judge, String reason) {
            return ScoreVerdictBuilder.builder().judge(judge).unreadable(reason).seconds(0).refused(true).build();
        }
    }

    public Score {
        Require.name(run, "run");
        Require.atLeast(0, step, "step");
        Require.name(example, "example");
        Require.atLeast(0, index, "index");
        Require.atLeast(index + 1, of, "of");
        verdicts = Require.elements(verdicts, "verdicts");
        metrics = new TreeMap<>(Require.present(metrics, "metrics"));
        metrics.forEach((metric, value) -> Require.finiteAtLeast(0, value, "metrics." + metric));
        statistics = statistics == null ? new TreeMap<>() : new TreeMap<>(statistics);
        statistics.forEach((metric, row) -> Require.notEmpty(row, "statistics." + metric)
                .forEach(value -> Require.finiteAtLeast(-Double.MAX_VALUE, value, "statistics." + metric)));
        awaited = Require.elements(awaited, "awaited");
        regraded.ifPresent(times -> Require.atLeast(1, times, "regraded"));
    }

    /** What stands for a question that has no answer, and why it has none. */
    public static Score unanswered(String run, int step, String example, int index, int of, String reason) {
        return ScoreBuilder.builder()
                .run(run)
                .step(step)
                .example(example)
                .index(index)
                .of(of)
                .metrics(Map.of())
                .unanswered(reason)
                .build();
    }

    /**
     * Whether it takes the place of an earlier score of its response: an answer's of a missing one, then the newest grading, and
     * within one a whole score of one that waits for judges; instances that have been replaced may publish late.
     */
    public boolean replaces(Score known) {
        if (unanswered.isPresent() != known.unanswered.isPresent()) {
            return unanswered.isEmpty();
        }
        int newer = Integer.compare(regraded.orElse(0), known.regraded.orElse(0));
        return newer > 0 || newer == 0 && (whole() || !known.whole());
    }

    /** Whether every judge has answered. */
    public boolean whole() {
        return awaited.isEmpty();
    }

    @Override
    public String key() {
        return ExampleKey.of(run, step, example);
    }
}
