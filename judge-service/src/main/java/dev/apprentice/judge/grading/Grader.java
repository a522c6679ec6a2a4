package dev.apprentice.judge.grading;

import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Score;
import dev.apprentice.contracts.Score.Verdict;
import dev.apprentice.judge.judging.Judges;
import dev.apprentice.judge.metrics.Grades;
import dev.apprentice.judge.metrics.ReferenceMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Makes a response's score: the reference metrics always, each judge's verdict where there are judges. */
@ApplicationScoped
public class Grader {

    private final ReferenceMetrics metrics;
    private final Judges judges;

    Grader(ReferenceMetrics metrics, Judges judges) {
        this.metrics = metrics;
        this.judges = judges;
    }

    /** The score, as soon as all its judges have answered. */
    public Uni<Score> grade(Response response) {
        Grades grades = metrics.of(response);
        List<Uni<Verdict>> verdicts = judges.of(response).stream().map(judge -> judge.grade(response)).toList();
        return verdicts.isEmpty()
                ? Uni.createFrom().item(score(response, List.of(), grades))
                : Uni.join().all(verdicts).andFailFast().map(all -> score(response, all, grades));
    }

    private static Score score(Response response, List<Verdict> verdicts, Grades grades) {
        return new Score(
                response.run(), response.step(), response.example(), response.index(), response.of(), verdicts,
                grades.metrics(), grades.statistics());
    }
}
