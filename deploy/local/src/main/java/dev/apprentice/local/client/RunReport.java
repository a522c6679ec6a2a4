package dev.apprentice.local.client;

import java.util.List;
import java.util.Optional;

/**
 * All exams of a run.
 *
 * @param run the run
 * @param steps one report a checkpoint, the base model's (step 0) first
 */
public record RunReport(String run, List<StepReport> steps) {

    public RunReport {
        steps = steps == null ? List.of() : List.copyOf(steps);
    }

    public Optional<StepReport> at(int step) {
        return steps.stream().filter(report -> report.step() == step).findFirst();
    }
}
