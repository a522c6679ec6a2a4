package dev.apprentice.cli.client.answer;

import dev.apprentice.contracts.event.Report.Comparison;
import dev.apprentice.contracts.event.Report.JudgeSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How one checkpoint did in its exam; see {@link dev.apprentice.contracts.event.Report} for the figures.
 *
 * @param step the checkpoint's step; 0 is the base model
 * @param questions how many the exam has
 * @param graded how many are graded by now
 * @param judges what each judge thinks on the whole
 * @param metrics each reference metric by name
 * @param note what a reader must know
 * @param againstBase each figure against step 0's, by the metric's name or {@code judge:} and the judge's
 */
public record StepReport(
        int step,
        int questions,
        int graded,
        List<JudgeSummary> judges,
        Map<String, Double> metrics,
        Optional<String> note,
        Map<String, Comparison> againstBase) {

    public StepReport {
        judges = judges == null ? List.of() : List.copyOf(judges);
        metrics = metrics == null ? new TreeMap<>() : new TreeMap<>(metrics);
        note = note == null ? Optional.empty() : note;
        againstBase = againstBase == null ? new TreeMap<>() : new TreeMap<>(againstBase);
    }

    /** A report that is not compared with step 0. */
    public StepReport(
            int step, int questions, int graded, List<JudgeSummary> judges, Map<String, Double> metrics,
            Optional<String> note) {
        this(step, questions, graded, judges, metrics, note, Map.of());
    }

    public boolean complete() {
        return graded == questions;
    }
}
