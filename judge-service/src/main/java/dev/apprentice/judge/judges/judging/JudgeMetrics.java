package dev.apprentice.judge.judges.judging;

import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.run.JudgeName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Metrics of the judges. All of them have the label {@code judge}, which is the model's name with its server but without the
 * rubric, so that they can be joined.
 */
@ApplicationScoped
public class JudgeMetrics {

    static final String JUDGE = "judge";

    private static final String NO_RUBRIC = "none";

    private static final String SCORED = "scored";
    private static final String REFUSED = "refused";
    private static final String UNREADABLE = "unreadable";
    private static final String EMPTY = "empty_response";

    private final MeterRegistry registry;

    public JudgeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Returns the metrics of one model, over all its rubrics. */
    SeatMetrics of(JudgeName name) {
        return new SeatMetrics(registry, name.withoutRubric());
    }

    void judged(Verdict verdict) {
        count(verdict.judge(), verdict.rubric().orElse(NO_RUBRIC), result(verdict));
    }

    void empty(String judge, String rubric) {
        count(judge, rubric, EMPTY);
    }

    private static String result(Verdict verdict) {
        if (verdict.score().isPresent()) {
            return SCORED;
        }
        return verdict.refused().orElse(false) ? REFUSED : UNREADABLE;
    }

    /**
     * Counts a verdict. The judge's first verdict also registers all other results at zero, because a share cannot be computed
     * from a series that does not exist.
     */
    private void count(String judge, String rubric, String result) {
        for (String each : List.of(SCORED, REFUSED, UNREADABLE, EMPTY)) {
            Counter.builder("apprentice.judge.verdicts")
                    .description("Verdicts, by judge, by rubric and by whether there is a score")
                    .tag(JUDGE, JudgeName.of(judge).withoutRubric())
                    .tag("rubric", rubric)
                    .tag("result", each)
                    .register(registry)
                    .increment(each.equals(result) ? 1 : 0);
        }
    }
}
