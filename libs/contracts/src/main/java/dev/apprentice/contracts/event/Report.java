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
 * The result of one checkpoint's exam.
 *
 * <p>Figures are keyed by the metric's name, such as {@code token_f1}, or by {@code judge:} and the judge's name.
 *
 * @param run the run
 * @param step the checkpoint's step; 0 is the base model
 * @param questions how many questions the exam has
 * @param graded how many questions are graded so far
 * @param judges each judge's scores, summed up; empty if no judge is configured
 * @param metrics each reference metric of the whole exam; most are means of 0 to 1, {@code bleu} and {@code chrf} go from 0 to 100,
 *     {@code perplexity} from 1, {@code response_length} counts characters
 * @param sinceBase each figure minus step 0's figure, each over the examples that have one; empty for step 0, and as long as step 0
 *     has no figures
 * @param note what a reader must know, in words, such as that no judge is configured
 * @param intervals the 95 % bootstrap interval of each figure in {@code metrics} and {@code judges}
 * @param againstBase each figure compared with step 0's on the examples that both have
 * @param distributions the distribution of each judge's scores
 * @param unanswered questions that have no answer and will get none; {@code note} says why. Empty means none
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
     * @param mean mean of the readable scores, within {@code scale}; empty if no answer could be read
     * @param scored responses with a score
     * @param unreadable responses without a score of this judge, because its answer could not be read or its question was cut or
     *     refused
     * @param scale the range of scores; empty means 0 to 100
     * @param model the model that was asked
     * @param digest the digest of that model, as its server reports it; empty if its verdicts differ in it
     * @param rubric the rubric's name
     * @param rubricVersion the rubric's version; empty if its verdicts differ in it
     * @param promptsCut responses whose question the server truncated; empty means none
     * @param promptTokens number of tokens of all questions
     * @param answerTokens number of tokens of all answers
     * @param seconds sum of the times of all answers, in seconds
     * @param refused those of {@code unreadable} that the judge will never answer; empty means none
     * @param refusal the reason for the first of these
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
     * A figure's 95 % confidence interval, given that the exam is a sample: the 2.5 % and 97.5 % quantiles of its bootstrap.
     *
     * @param low the lower end
     * @param high the upper end
     */
    public record Interval(double low, double high) {}

    /**
     * A figure compared with another checkpoint's, example by example.
     *
     * @param difference this checkpoint's figure minus the other's, on the examples that both have
     * @param low lower end of the difference's 95 % bootstrap interval
     * @param high upper end of the difference's 95 % bootstrap interval
     * @param p the p-value: how often chance alone makes a difference this large, by a paired permutation test
     * @param pairs number of examples that both have
     * @param outcome what the difference means
     */
    public record Comparison(double difference, double low, double high, double p, int pairs, Outcome outcome) {

        public Comparison {
            Require.present(outcome, "againstBase.outcome");
        }
    }

    /** What a difference means. */
    public enum Outcome {
        /** Better, by more than chance explains. */
        BETTER,
        /** Worse, by more than chance explains. */
        WORSE,
        /** Different, by more than chance explains, in a figure of which neither more nor less is better. */
        DIFFERENT,
        /** Within what chance alone explains: no difference was shown. */
        NOISE
    }

    /** Which direction of a figure is better. */
    public enum Better {
        HIGH,
        LOW,
        /** Neither: the figure describes answers but not their quality. */
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
     * The histogram of a judge's scores.
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

    /** Tells whether every question of the exam is graded or will never have an answer. */
    public boolean complete() {
        return graded + unanswered.orElse(0) == questions;
    }

    @Override
    public String key() {
        return run + "/" + step;
    }
}
