package dev.apprentice.local.client;

import dev.apprentice.contracts.Report.JudgeSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How one checkpoint did in its exam; see {@link dev.apprentice.contracts.Report} for the figures.
 *
 * @param step the checkpoint's step; 0 is the base model
 * @param questions how many the exam has
 * @param graded how many are graded by now
 * @param judges what each judge thinks on the whole
 * @param metrics mean of each reference metric, 0 to 1, by name
 * @param note what a reader must know
 */
public record StepReport(
        int step,
        int questions,
        int graded,
        List<JudgeSummary> judges,
        Map<String, Double> metrics,
        Optional<String> note) {

    public StepReport {
        judges = judges == null ? List.of() : List.copyOf(judges);
        metrics = metrics == null ? new TreeMap<>() : new TreeMap<>(metrics);
        note = note == null ? Optional.empty() : note;
    }

    public boolean complete() {
        return graded == questions;
    }
}
