package dev.apprentice.judge.page.agreement;

import dev.apprentice.contracts.event.Score;
import dev.apprentice.judge.metrics.ExamFigure;
import dev.apprentice.judge.responses.ScoredResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The agreement of each judge and metric with other scores of a checkpoint's responses.
 *
 * @param run the run
 * @param step the checkpoint's step
 * @param unknown examples with another score but without a graded response
 * @param judges each judge's agreement
 * @param metrics each metric's agreement
 */
public record AgreementReport(
        String run, int step, List<String> unknown, List<Agreement> judges, List<Agreement> metrics) {

    /** Compares a checkpoint's responses with these scores. */
    static AgreementReport of(String run, int step, List<ScoredResponse> responses, List<OtherScore> others) {
        Map<String, ScoredResponse> graded = new TreeMap<>();
        responses.stream()
                .filter(scored -> scored.score().isPresent())
                .forEach(scored -> graded.put(scored.response().example(), scored));
        List<Score> scores = graded.values().stream().map(scored -> scored.score().orElseThrow()).toList();
        TreeSet<String> figures = new TreeSet<>();
        scores.forEach(score -> {
            figures.addAll(score.metrics().keySet());
            score.verdicts().forEach(verdict -> figures.add(ExamFigure.JUDGE + verdict.judge()));
        });
        List<Agreement> all = figures.stream().map(figure -> agreement(figure, graded, others)).toList();
        return new AgreementReport(
                run,
                step,
                others.stream().map(OtherScore::example).filter(example -> !graded.containsKey(example)).toList(),
                all.stream().filter(each -> each.figure().startsWith(ExamFigure.JUDGE)).toList(),
                all.stream().filter(each -> !each.figure().startsWith(ExamFigure.JUDGE)).toList());
    }

    private static Agreement agreement(String figure, Map<String, ScoredResponse> graded, List<OtherScore> others) {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (OtherScore other : others) {
            ScoredResponse scored = graded.get(other.example());
            if (scored != null) {
                scored.figure(figure).filter(Double::isFinite).ifPresent(value -> {
                    ours.add(value);
                    theirs.add(other.score());
                });
            }
        }
        return Agreement.of(figure, ours, theirs);
    }
}
