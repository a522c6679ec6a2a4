package dev.apprentice.judge.judges.judging;

import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.run.JudgeName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** The most pairs of a judge and a rubric whose verdicts are counted; a run can name any judge. */
    static final int KEPT = 400;

    private record Source(String judge, String rubric) {}

    private final MeterRegistry registry;
    /** The counters by judge and rubric, in the order of their last use. Guarded by itself. */
    private final Map<Source, Map<String, Counter>> verdicts = new LinkedHashMap<>(16, 0.75f, true);

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

    private void count(String judge, String rubric, String result) {
        Source source = new Source(JudgeName.of(judge).withoutRubric(), rubric);
        synchronized (verdicts) {
            if (!verdicts.containsKey(source) && verdicts.size() >= KEPT) {
                Iterator<Map<String, Counter>> oldest = verdicts.values().iterator();
                oldest.next().values().forEach(registry::remove);
                oldest.remove();
            }
            verdicts.computeIfAbsent(source, this::register).get(result).increment();
        }
    }

    /** Registers all results of a judge at zero, because a share cannot be computed from a series that does not exist. */
    private Map<String, Counter> register(Source source) {
        Map<String, Counter> counters = new HashMap<>();
        for (String result : List.of(SCORED, REFUSED, UNREADABLE, EMPTY)) {
            counters.put(result, Counter.builder("apprentice.judge.verdicts")
                    .description("Verdicts, by judge, by rubric and by whether there is a score")
                    .tag(JUDGE, source.judge)
                    .tag("rubric", source.rubric)
                    .tag("result", result)
                    .register(registry));
        }
        return counters;
    }
}
