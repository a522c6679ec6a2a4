package dev.apprentice.judge.grading;

import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Score;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.judging.Judge;
import dev.apprentice.judge.judging.Judges;
import dev.apprentice.judge.metrics.Grades;
import dev.apprentice.judge.metrics.ReferenceMetrics;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Makes a response's score: the reference metrics always, each judge's verdict where there are judges. */
@ApplicationScoped
public class Grader {

    private final ReferenceMetrics metrics;
    private final Judges judges;
    private final Duration patience;

    Grader(ReferenceMetrics metrics, Judges judges, JudgeSettings settings) {
        this.metrics = metrics;
        this.judges = judges;
        this.patience = settings.partialAfter();
    }

    /**
     * The whole score, as soon as all its judges have answered; before it, what is known, where they take long. No judge is
     * asked about a question that has no answer.
     */
    public Multi<Score> grade(Response response) {
        if (response.unanswered().isPresent()) {
            return Multi.createFrom().item(Score.unanswered(
                    response.run(), response.step(), response.example(), response.index(), response.of(),
                    response.unanswered().get()));
        }
        Grades grades = metrics.of(response);
        List<Judge> asked = judges.of(response);
        return asked.isEmpty()
                ? Multi.createFrom().item(new Score(
                        response.run(), response.step(), response.example(), response.index(), response.of(), List.of(),
                        grades.metrics(), grades.statistics()))
                : Multi.createFrom().emitter(scores -> Grading.begin(response, grades, asked, patience, scores));
    }
}
