package dev.apprentice.judge.page.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Report.Comparison;
import dev.apprentice.contracts.event.Report.Distribution;
import dev.apprentice.contracts.event.Report.Interval;
import dev.apprentice.contracts.event.Report.JudgeSummary;
import dev.apprentice.judge.page.run.RunBoard;
import dev.apprentice.judge.run.JudgeStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of a run's checkpoints in their exams.
 *
 * @param run the run
 * @param steps one report for each checkpoint, step 0 (the base model) first
 * @param judges judges that its responses wait for but that do not grade, and why; left out if there are none
 * @param repeats instructions that occur more than once in the run's examples; empty if unknown
 * @param dataset the dataset's version that the run learns from; empty if unknown
 */
public record RunReport(
        String run,
        List<StepReport> steps,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<JudgeStatus> judges,
        Optional<Repeats> repeats,
        Optional<DatasetVersion> dataset) {

    static RunReport of(String run, List<Report> reports, RunBoard board) {
        return new RunReport(
                run, reports.stream().map(StepReport::of).toList(), board.missedJudges(run), board.repeats(run),
                board.dataset(run));
    }

    /**
     * The result of one checkpoint; see {@link Report} for the figures.
     *
     * @param step the checkpoint's step
     * @param questions how many the exam has
     * @param graded how many of them are graded
     * @param complete whether every question is graded
     * @param judges a summary of each judge's scores
     * @param metrics each reference metric over the whole exam
     * @param sinceBase each figure minus step 0's
     * @param note what a reader must know
     * @param intervals the 95 % interval of each figure
     * @param againstBase each figure compared with step 0's, and whether the difference is significant
     * @param distributions the distribution of each judge's scores
     */
    public record StepReport(
            int step,
            int questions,
            int graded,
            boolean complete,
            List<JudgeSummary> judges,
            Map<String, Double> metrics,
            Map<String, Double> sinceBase,
            Optional<String> note,
            Map<String, Interval> intervals,
            Map<String, Comparison> againstBase,
            Map<String, Distribution> distributions) {

        static StepReport of(Report report) {
            return new StepReport(
                    report.step(),
                    report.questions(),
                    report.graded(),
                    report.complete(),
                    report.judges(),
                    report.metrics(),
                    report.sinceBase(),
                    report.note(),
                    report.intervals(),
                    report.againstBase(),
                    report.distributions());
        }
    }
}
