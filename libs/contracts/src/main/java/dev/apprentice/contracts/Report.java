package dev.apprentice.contracts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How one checkpoint did in its exam.
 *
 * @param run the run
 * @param step the checkpoint's step; 0 is the base model
 * @param questions how many the exam has
 * @param graded how many are graded by now; the report is complete when it equals {@code questions}
 * @param judges what each judge thinks on the whole; empty where no judge is configured
 * @param metrics mean of each reference metric, 0 to 1
 * @param sinceBase each metric's and judge's mean less step 0's, by the metric's name or {@code judge:} and the judge's;
 *     empty for step 0 and while step 0 has none
 * @param note in words what a reader must know, such as that no judge is configured
 */
public record Report(
        String run,
        int step,
        int questions,
        int graded,
        List<JudgeSummary> judges,
        Map<String, Double> metrics,
        Map<String, Double> sinceBase,
        Optional<String> note)
        implements Event {

    /**
     * One judge's scores of one checkpoint.
     *
     * @param judge the judge's model
     * @param mean mean of the scores read, 0 to 100; empty where none could be read
     * @param scored responses with a score
     * @param unreadable responses whose judgement could not be read
     */
    public record JudgeSummary(String judge, Optional<Double> mean, int scored, int unreadable) {

        public JudgeSummary {
            Require.text(judge, "judges.judge");
            mean = mean == null ? Optional.empty() : mean;
        }
    }

    public Report {
        Require.name(run, "run");
        Require.atLeast(0, step, "step");
        Require.atLeast(0, graded, "graded");
        Require.atLeast(graded, questions, "questions");
        judges = judges == null ? List.of() : List.copyOf(judges);
        metrics = metrics == null ? new TreeMap<>() : new TreeMap<>(metrics);
        sinceBase = sinceBase == null ? new TreeMap<>() : new TreeMap<>(sinceBase);
        note = note == null ? Optional.empty() : note;
    }

    /** Every question of the exam is graded. */
    public boolean complete() {
        return graded == questions;
    }

    @Override
    public String key() {
        return run + "/" + step;
    }
}
