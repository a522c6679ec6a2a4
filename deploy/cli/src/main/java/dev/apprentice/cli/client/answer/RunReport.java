package dev.apprentice.cli.client.answer;

import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.contracts.event.Repeats;
import java.util.List;
import java.util.Optional;

/**
 * The reports of all exams of a run.
 *
 * @param run the run
 * @param steps one report for each checkpoint, the base model's (step 0) first
 * @param repeats instructions that the run's examples give more than once; empty if that is not known
 * @param dataset the dataset's version that the run learns from; empty if that is not known
 */
public record RunReport(String run, List<StepReport> steps, Optional<Repeats> repeats, Optional<DatasetVersion> dataset) {

    public RunReport {
        steps = steps == null ? List.of() : List.copyOf(steps);
        repeats = repeats == null ? Optional.empty() : repeats;
        dataset = dataset == null ? Optional.empty() : dataset;
    }

    public Optional<StepReport> at(int step) {
        return steps.stream().filter(report -> report.step() == step).findFirst();
    }
}
