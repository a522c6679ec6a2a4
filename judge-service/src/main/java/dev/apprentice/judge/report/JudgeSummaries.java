package dev.apprentice.judge.report;

import dev.apprentice.contracts.event.Report.Distribution;
import dev.apprentice.contracts.event.Report.JudgeSummary;
import dev.apprentice.contracts.event.ReportJudgeSummaryBuilder;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.run.Scale;
import dev.apprentice.judge.metrics.ExamFigure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Summaries of each judge's verdicts on a checkpoint. */
final class JudgeSummaries {

    /** Scales with at most this many whole numbers get a bin for each of them. */
    private static final int MOST_WHOLE_NUMBERS = 20;

    private static final int BINS = 20;

    private JudgeSummaries() {}

    /** Returns every judge's verdicts by its name, in the exam's order. */
    static SortedMap<String, List<Verdict>> byJudge(List<Score> exam) {
        SortedMap<String, List<Verdict>> verdicts = new TreeMap<>();
        exam.forEach(score -> score.verdicts().forEach(verdict ->
                verdicts.computeIfAbsent(verdict.judge(), judge -> new ArrayList<>()).add(verdict)));
        return verdicts;
    }

    /** Returns one judge's summary. */
    static JudgeSummary of(String judge, List<Verdict> verdicts) {
        double[] scores = scores(verdicts);
        return ReportJudgeSummaryBuilder.builder()
                .judge(judge)
                .mean(scores.length == 0 ? Optional.empty() : Optional.of(Arrays.stream(scores).sum() / scores.length))
                .scored(scores.length)
                .unreadable(verdicts.size() - scores.length)
                .scale(scale(verdicts))
                .model(common(verdicts, Verdict::model))
                .digest(common(verdicts, Verdict::digest))
                .rubric(common(verdicts, Verdict::rubric))
                .rubricVersion(common(verdicts, Verdict::rubricVersion))
                .promptsCut(Optional.of((int) verdicts.stream().filter(verdict -> verdict.promptCut().orElse(false)).count())
                        .filter(cut -> cut > 0))
                .promptTokens(sum(verdicts, Verdict::promptTokens))
                .answerTokens(sum(verdicts, Verdict::answerTokens))
                .seconds(Optional.of(verdicts.stream().mapToDouble(Verdict::seconds).sum()).filter(seconds -> seconds > 0))
                .refused(Optional.of((int) refusals(verdicts).count()).filter(refused -> refused > 0))
                .refusal(refusals(verdicts).findFirst())
                .build();
    }

    /** Returns the reasons of all refused verdicts. */
    static Stream<String> refusals(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.refused().orElse(false))
                .flatMap(verdict -> verdict.unreadable().stream());
    }

    /** Returns the distribution of each judge's scores, by {@code judge:} and its name; judges without a score are left out. */
    static SortedMap<String, Distribution> distributions(SortedMap<String, List<Verdict>> judges) {
        SortedMap<String, Distribution> distributions = new TreeMap<>();
        judges.forEach((judge, verdicts) -> {
            double[] scores = scores(verdicts);
            if (scores.length > 0) {
                distributions.put(
                        ExamFigure.JUDGE + judge, distribution(scale(verdicts).orElse(Scale.TEXTBOOK), scores));
            }
        });
        return distributions;
    }

    private static Distribution distribution(Scale scale, double[] scores) {
        boolean whole = scale.to() - scale.from() < MOST_WHOLE_NUMBERS
                && Arrays.stream(scores).allMatch(score -> score == Math.rint(score));
        double from = whole ? scale.from() - 0.5 : scale.from();
        double to = whole ? scale.to() + 0.5 : scale.to();
        int bins = whole ? (int) (to - from) : BINS;
        Integer[] counts = new Integer[bins];
        Arrays.fill(counts, 0);
        for (double score : scores) {
            int bin = (int) ((score - from) / (to - from) * bins);
            counts[Math.min(Math.max(bin, 0), bins - 1)]++;
        }
        return new Distribution(from, to, List.of(counts));
    }

    private static double[] scores(List<Verdict> verdicts) {
        return verdicts.stream().flatMap(verdict -> verdict.score().stream()).mapToDouble(Double::doubleValue).toArray();
    }

    private static Optional<Scale> scale(List<Verdict> verdicts) {
        return verdicts.stream().flatMap(verdict -> verdict.scale().stream()).findFirst();
    }

    /** Returns the value that all verdicts with a value share; empty if they differ or none has a value. */
    private static Optional<String> common(List<Verdict> verdicts, Function<Verdict, Optional<String>> word) {
        List<String> words = verdicts.stream().flatMap(verdict -> word.apply(verdict).stream()).distinct().toList();
        return words.size() == 1 ? Optional.of(words.get(0)) : Optional.empty();
    }

    private static Optional<Long> sum(List<Verdict> verdicts, Function<Verdict, Optional<Integer>> tokens) {
        List<Integer> counted = verdicts.stream().flatMap(verdict -> tokens.apply(verdict).stream()).toList();
        return counted.isEmpty() ? Optional.empty() : Optional.of(counted.stream().mapToLong(Integer::longValue).sum());
    }
}
