package dev.apprentice.judge.page.api;

import dev.apprentice.contracts.event.Report;
import dev.apprentice.judge.Problems;
import dev.apprentice.judge.page.compare.Candidate;
import dev.apprentice.judge.report.ReportView;
import dev.apprentice.service.http.QueryParameters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Finds the reports that requests name, or fails with a problem that lists the existing ones. */
@ApplicationScoped
class Checkpoints {

    private final ReportView reports;

    Checkpoints(ReportView reports) {
        this.reports = reports;
    }

    /** Returns a run's reports by step. */
    List<Report> of(String run) {
        List<Report> steps = reports.of(run);
        if (steps.isEmpty()) {
            throw Problems.noReport(run);
        }
        return steps;
    }

    /** Returns the report on one step. */
    Report at(String run, int step) {
        List<Report> steps = of(run);
        return steps.stream()
                .filter(report -> report.step() == step)
                .findFirst()
                .orElseThrow(() -> Problems.noStep(run, step, steps.stream().map(Report::step).toList()));
    }

    /**
     * Returns the report that {@code run@step} names. Without a step, it is the run's last complete report, or else its last one.
     */
    Report named(String candidate) {
        int at = candidate.lastIndexOf('@');
        if (at >= 0) {
            return at(candidate.substring(0, at), QueryParameters.number("runs", candidate.substring(at + 1), 0));
        }
        List<Report> steps = of(candidate);
        Optional<Report> complete = steps.stream().filter(Report::complete).reduce((earlier, later) -> later);
        return complete.orElse(steps.get(steps.size() - 1));
    }

    static Candidate candidate(Report report) {
        return new Candidate(report.run(), report.step());
    }
}
