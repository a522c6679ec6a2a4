package dev.apprentice.cli.client.answer;

import dev.apprentice.contracts.event.Report.Comparison;
import dev.apprentice.contracts.event.Report.JudgeSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The result of a checkpoint's exam; see {@link dev.apprentice.contracts.event.Report} for the figures.
 *
 * @param step the checkpoint's step; 0 is the base model
 * @param questions how many the exam has
 * @param graded how many are graded by now
 * @param judges a summary of each judge's scores
 * @param metrics each reference metric by name
 * @param note what a reader must know
 * @param againstBase each figure compared with step 0's, by the metric's name or {@code judge:} and the judge's
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

    /** Creates a report without a comparison with step 0. */
    public StepReport(
            int step, int questions, int graded, List<JudgeSummary> judges, Map<String, Double> metrics,
            Optional<String> note) {
        this(step, questions, graded, judges, metrics, note, Map.of());
    }

    public boolean complete() {
        return graded == questions;
    }
}
