package dev.apprentice.judge.grading;

import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Score;
import dev.apprentice.contracts.Score.Verdict;
import dev.apprentice.judge.judging.Judges;
import dev.apprentice.judge.metrics.ReferenceMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Makes a response's score: the reference metrics always, a judge's verdict where there is a judge. */
@ApplicationScoped
public class Grader {

    private final ReferenceMetrics metrics;
    private final Judges judges;

    Grader(ReferenceMetrics metrics, Judges judges) {
        this.metrics = metrics;
        this.judges = judges;
    }

    /** The score, as soon as the judge has answered. */
    public Uni<Score> grade(Response response) {
        Map<String, Double> compared = metrics.of(response.output(), response.response());
        return judges.of(response)
                .map(judge -> judge.grade(response).map(List::of))
                .orElse(Uni.createFrom().item(List.of()))
                .map(verdicts -> score(response, verdicts, compared));
    }

    private static Score score(Response response, List<Verdict> verdicts, Map<String, Double> metrics) {
        return new Score(
                response.run(), response.step(), response.example(), response.index(), response.of(), verdicts, metrics);
    }
}
