package dev.apprentice.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.Built;
import dev.apprentice.contracts.Require;
import dev.apprentice.contracts.run.Scale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How one checkpoint did in its exam.
 *
 * <p>Figures go by the metric's name, such as {@code token_f1}, or by {@code judge:} and the judge's name.
 *
 * @param run the run
 * @param step the checkpoint's step; 0 is the base model
 * @param questions how many the exam has
 * @param graded how many are graded by now
 * @param judges what each judge thinks on the whole; empty where no judge is configured
 * @param metrics each reference metric of the whole exam; most are means of 0 to 1, {@code bleu} and {@code chrf} go from 0
 *     to 100, {@code perplexity} from 1, {@code response_length} counts characters
 * @param sinceBase each figure less step 0's, examples without a figure left out on either side; empty for step 0 and while
 *     step 0 has none
 * @param note in words what a reader must know, such as that no judge is configured
 * @param intervals the 95 % bootstrap interval of each figure in {@code metrics} and {@code judges}
 * @param againstBase each figure against step 0's on the examples that both have
 * @param distributions how each judge's scores are spread
 * @param unanswered questions that have no answer and will have none; {@code note} says why. Empty means none
 */
@Built
public record Report(
        String run,
        int step,
        int questions,
        int graded,
        List<JudgeSummary> judges,
        Map<String, Double> metrics,
        Map<String, Double> sinceBase,
        Optional<String> note,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Interval> intervals,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Comparison> againstBase,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Distribution> distributions,
        Optional<Integer> unanswered)
        implements Event {

    /**
     * One judge's scores of one checkpoint.
     *
     * @param judge the judge's name
     * @param mean mean of the scores read, within {@code scale}; empty where none could be read
     * @param scored responses with a score
     * @param unreadable responses without a score of this judge: its answer could not be read, its question was cut, or refused
     * @param scale what a score may be; empty means 0 to 100
     * @param model the model that was asked
     * @param digest which bytes of that model; empty where its verdicts differ in it
     * @param rubric the rubric's name
     * @param rubricVersion the rubric's version; empty where its verdicts differ in it
     * @param promptsCut responses whose question the server cut; empty means none
     * @param promptTokens tokens of all questions
     * @param answerTokens tokens of all answers
     * @param seconds time of all answers, one after the other
     * @param refused those of {@code unreadable} that the judge gave no answer to and will give none; empty means none
     * @param refusal why, of the first of them
     */
    @Built
    public record JudgeSummary(
            String judge,
            Optional<Double> mean,
            int scored,
            int unreadable,
            Optional<Scale> scale,
            Optional<String> model,
            Optional<String> digest,
            Optional<String> rubric,
            Optional<String> rubricVersion,
            Optional<Integer> promptsCut,
            Optional<Long> promptTokens,
            Optional<Long> answerTokens,
            Optional<Double> seconds,
            Optional<Integer> refused,
            Optional<String> refusal) {

        public JudgeSummary {
            Require.text(judge, "judges.judge");
        }
    }

    /**
     * Where a figure may well lie, given that the exam is a sample: the 2.5 % and 97.5 % points of its bootstrap.
     *
     * @param low the lower end
     * @param high the upper end
     */
    public record Interval(double low, double high) {}

    /**
     * A figure against another checkpoint's, example by example.
     *
     * @param difference this checkpoint's figure less the other's, on the examples that both have
     * @param low lower end of the difference's 95 % bootstrap interval
     * @param high upper end of the difference's 95 % bootstrap interval
     * @param p how often chance alone makes a difference as large, by a paired permutation test
     * @param pairs examples that both have
     * @param outcome what to make of it
     */
    public record Comparison(double difference, double low, double high, double p, int pairs, Outcome outcome) {

        public Comparison {
            Require.present(outcome, "againstBase.outcome");
        }
    }

    /** What a difference says. */
    public enum Outcome {
        /** Better than chance explains. */
        BETTER,
        /** Worse than chance explains. */
        WORSE,
        /** More than chance explains, of a figure that is neither better high nor better low. */
        DIFFERENT,
        /** Chance alone explains it: no difference was shown. */
        NOISE
    }

    /** Which way a figure is better. */
    public enum Better {
        HIGH,
        LOW,
        /** It tells something, but nothing about quality. */
        NEITHER;

        private static final Set<String> LOWER = Set.of("perplexity", "empty", "truncated", "repeated");
        private static final Set<String> TELLING = Set.of("response_length");

        /** @param figure a metric's name, or {@code judge:} and the judge's */
        public static Better of(String figure) {
            if (TELLING.contains(figure)) {
                return NEITHER;
            }
            return LOWER.contains(figure) ? LOW : HIGH;
        }
    }

    /**
     * How often each score was given.
     *
     * @param from the lower end of the first bin
     * @param to the upper end of the last bin, which belongs to it
     * @param counts responses in each bin; the bins are equally wide
     */
    public record Distribution(double from, double to, List<Integer> counts) {

        public Distribution {
            counts = List.copyOf(Require.notEmpty(counts, "distributions.counts"));
        }
    }

    public Report {
        Require.name(run, "run");
        Require.atLeast(0, step, "step");
        Require.atLeast(0, graded, "graded");
        Require.atLeast(graded, questions, "questions");
        judges = Require.elements(judges, "judges");
        metrics = metrics == null ? new TreeMap<>() : new TreeMap<>(metrics);
        sinceBase = sinceBase == null ? new TreeMap<>() : new TreeMap<>(sinceBase);
        intervals = intervals == null ? new TreeMap<>() : new TreeMap<>(intervals);
        againstBase = againstBase == null ? new TreeMap<>() : new TreeMap<>(againstBase);
        distributions = distributions == null ? new TreeMap<>() : new TreeMap<>(distributions);
        Require.atLeast(graded + unanswered.orElse(0), questions, "questions");
    }

    /** Every question of the exam is graded, or will never have an answer. */
    public boolean complete() {
        return graded + unanswered.orElse(0) == questions;
    }

    @Override
    public String key() {
        return run + "/" + step;
    }
}
