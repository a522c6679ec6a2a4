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
 * The grades of one response. If judges take long, a partial score comes first and names the judges that are awaited. The complete
 * score follows under the same key and replaces it.
 *
 * @param run the run
 * @param step the checkpoint's step
 * @param example the example's id
 * @param index its position in the exam, from 0
 * @param of how many questions the exam has
 * @param verdicts each judge's verdict; empty if no judge is configured
 * @param metrics reference metrics of this one response by name, such as {@code token_f1}; finite and not negative, and no larger
 *     than the metric's own definition allows
 * @param statistics what metrics of the whole exam are summed up from, by the metric's name: one row of finite numbers, equally
 *     long in every score; empty in scores of versions without this field
 * @param awaited judges that were asked and have not answered yet; empty once the score is complete
 * @param unanswered why the question will never have an answer to grade; then there are no verdicts and no metrics
 * @param category the category that the report breaks figures down by; empty if it has none
 * @param regraded how often the response was graded again, at least 1; empty means never
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
     * One judge's verdict on one response. Exactly one of {@code score} and {@code unreadable} is set.
     *
     * @param judge the judge's name: the model, and the rubric if it is not the default one
     * @param score within {@code scale}
     * @param unreadable the judge's answer if no score could be read from it
     * @param seconds how long the judge took, in seconds
     * @param model the model that was asked
     * @param digest the digest of that model, if its server reports one
     * @param rubric the rubric's name
     * @param rubricVersion the beginning of the SHA-256 of the rubric's text
     * @param scale the range of {@code score}; empty means 0 to 100
     * @param reason the judge's reason
     * @param promptTokens tokens of the question, as the server counted them
     * @param answerTokens tokens of the answer, as the server counted them
     * @param promptCut true if the server truncated the question to fit its context; then the answer does not count as a score
     * @param refused true if the judge will never answer: it does not exist, its server refuses the question, or the run was
     *     cancelled; {@code unreadable} says why
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
         * Creates the verdict of a judge that will never answer.
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

    /** Creates the score of a question that has no answer, with the reason. */
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
     * Tells whether it replaces an earlier score of its response. An answer's score replaces a missing answer's, a newer grading an
     * older one, and within one grading a complete score a partial one. The order of arrival does not tell, since instances that
     * were replaced may publish late.
     */
    public boolean replaces(Score known) {
        if (unanswered.isPresent() != known.unanswered.isPresent()) {
            return unanswered.isEmpty();
        }
        int newer = Integer.compare(regraded.orElse(0), known.regraded.orElse(0));
        return newer > 0 || newer == 0 && (whole() || !known.whole());
    }

    /** Tells whether every judge has answered. */
    public boolean whole() {
        return awaited.isEmpty();
    }

    @Override
    public String key() {
        return ExampleKey.of(run, step, example);
    }
}
