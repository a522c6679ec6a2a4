package dev.apprentice.judge.judges.grading;

import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.event.ScoreBuilder;
import dev.apprentice.contracts.run.JudgeName;
import dev.apprentice.judge.judges.judging.Judge;
import dev.apprentice.judge.judges.judging.Judges;
import dev.apprentice.judge.report.ReportView;
import dev.apprentice.judge.responses.ResponsesNotReadyException;
import dev.apprentice.judge.responses.ScoredResponse;
import dev.apprentice.judge.responses.ScoredResponses;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Asks judges again about all of a run's responses, including those that they have scored.
 *
 * <p>Each response gets a score that awaits these judges, and {@link Backlog} continues from there.
 */
@ApplicationScoped
public class Regrading {

    private final ReportView reports;
    private final ScoredResponses responses;
    private final Judges judges;
    private final LaterScores later;

    Regrading(ReportView reports, ScoredResponses responses, Judges judges, LaterScores later) {
        this.reports = reports;
        this.responses = responses;
        this.judges = judges;
        this.later = later;
    }

    /**
     * A regrading that has begun.
     *
     * @param run the run
     * @param responses how many responses are regraded, over all checkpoints
     * @param judges the names of the judges that are asked
     */
    public record Begun(String run, int responses, List<String> judges) {}

    /**
     * Begins a regrading. Scores of judges that are not asked stay; verdicts without a score are removed.
     *
     * @param names the judges, separated by commas; empty for those that have graded the run or would grade it
     * @return empty if nothing of that run has been graded
     * @throws IllegalArgumentException in one sentence, if a judge's name is not valid, or there is no judge
     * @throws ResponsesNotReadyException if the responses are still being read in
     */
    public Optional<Begun> begin(String run, Optional<String> names) {
        List<ScoredResponse> graded = reports.of(run).stream()
                .map(Report::step)
                .flatMap(step -> responses.of(run, step).stream())
                .filter(scored -> scored.score().filter(score -> score.unanswered().isEmpty()).isPresent())
                .toList();
        if (graded.isEmpty()) {
            return Optional.empty();
        }
        String asked = names.orElseGet(() -> String.join(",", judgesOf(graded)));
        List<String> each = JudgeName.listOf(asked).stream().map(JudgeName::text).toList();
        check(run, asked, each);
        graded.forEach(scored -> later.publish(anew(scored.score().orElseThrow(), each)));
        return Optional.of(new Begun(run, graded.size(), each));
    }

    private void check(String run, String asked, List<String> each) {
        if (each.isEmpty()) {
            throw new IllegalArgumentException("run '" + run + "' has no judge, and none is configured; name one in 'judge'");
        }
        JudgeName.problem(asked).or(() -> JudgeName.listOf(asked).stream()
                        .flatMap(name -> judges.problem(name).stream())
                        .findFirst())
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
    }

    private List<String> judgesOf(List<ScoredResponse> graded) {
        TreeSet<String> names = new TreeSet<>();
        for (ScoredResponse scored : graded) {
            Response response = scored.response();
            judges.of(response).stream().map(Judge::name).forEach(names::add);
            Score score = scored.score().orElseThrow();
            score.verdicts().stream().map(Verdict::judge).forEach(names::add);
            names.addAll(score.awaited());
        }
        return List.copyOf(names);
    }

    private static Score anew(Score score, List<String> asked) {
        List<Verdict> kept = new ArrayList<>(score.verdicts());
        kept.removeIf(verdict -> asked.contains(verdict.judge()) || verdict.score().isEmpty());
        return ScoreBuilder.builder(score)
                .verdicts(kept)
                .awaited(asked)
                .regraded(score.regraded().orElse(0) + 1)
                .build();
    }
}
