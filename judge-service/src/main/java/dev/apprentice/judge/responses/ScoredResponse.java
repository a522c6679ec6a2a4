package dev.apprentice.judge.responses;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score;
import dev.apprentice.judge.metrics.ExamFigure;
import java.util.Optional;

/**
 * A response and its score.
 *
 * @param response question, reference answer and answer
 * @param score its score; empty until it is graded
 */
public record ScoredResponse(Response response, Optional<Score> score) {

    /**
     * Returns one figure of its score.
     *
     * @param name a metric's name, or {@code judge:} and the judge's
     * @return empty if it is not graded, or not by that judge, or if the judge's answer could not be read
     */
    public Optional<Double> figure(String name) {
        return score.flatMap(graded -> name.startsWith(ExamFigure.JUDGE)
                ? graded.verdicts().stream()
                        .filter(verdict -> verdict.judge().equals(name.substring(ExamFigure.JUDGE.length())))
                        .flatMap(verdict -> verdict.score().stream())
                        .findFirst()
                : Optional.ofNullable(graded.metrics().get(name)));
    }
}
