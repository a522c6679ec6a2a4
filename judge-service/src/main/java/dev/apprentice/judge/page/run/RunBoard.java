package dev.apprentice.judge.page.run;

import dev.apprentice.contracts.event.DatasetVersion;
import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.contracts.event.Report;
import dev.apprentice.judge.report.ReportView;
import dev.apprentice.judge.run.JudgeStatus;
import dev.apprentice.judge.run.MissedJudges;
import dev.apprentice.judge.run.RunDetail;
import dev.apprentice.judge.run.RunSummary;
import dev.apprentice.judge.run.Runs;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All runs with their grades, and the version at which each last changed.
 *
 * <p>Any number of clients can read it; it is rebuilt at most a few times a second for all of them.
 */
@ApplicationScoped
public class RunBoard {

    private static final Duration FRESH = Duration.ofMillis(250);

    private final Runs runs;
    private final ReportView reports;
    private final MissedJudges judges;
    private Board board = new Board(0, List.of(), Map.of(), 0);
    private long madeAt = System.nanoTime() - FRESH.toNanos();

    RunBoard(Runs runs, ReportView reports, MissedJudges judges) {
        this.runs = runs;
        this.reports = reports;
        this.judges = judges;
    }

    /** Returns the board as it was at most a quarter of a second ago. */
    public synchronized Board now() {
        if (System.nanoTime() - madeAt >= FRESH.toNanos()) {
            board = board.next(runs.summaries().stream().map(this::graded).toList());
            madeAt = System.nanoTime();
        }
        return board;
    }

    /** Returns a run's details; empty if there is no run of that name. */
    public Optional<RunDetail> detail(String run) {
        return runs.detail(run).map(detail -> detail.with(graded(detail.summary())));
    }

    /** Returns the instructions that occur more than once in a run's examples; empty if unknown. */
    public Optional<Repeats> repeats(String run) {
        return runs.detail(run).flatMap(RunDetail::repeats);
    }

    /** Returns the dataset's version that a run learns from; empty if unknown. */
    public Optional<DatasetVersion> dataset(String run) {
        return runs.detail(run).flatMap(RunDetail::dataset);
    }

    /** Returns the judges that a run's responses wait for but that do not grade. */
    public List<JudgeStatus> missedJudges(String run) {
        return judges.missedBy(run);
    }

    private RunSummary graded(RunSummary run) {
        List<Report> steps = reports.of(run.run());
        return run.graded(RunGrades.exams(steps), RunGrades.best(steps), judges.missedBy(run.run()));
    }

    /**
     * All runs at a moment.
     *
     * @param version grows with every change
     * @param runs the runs, the most recently requested first
     * @param changedAt the version at which each run was last changed, by its name
     * @param withdrawnAt the version at which a run was last withdrawn; 0 if none was
     */
    public record Board(long version, List<RunSummary> runs, Map<String, Long> changedAt, long withdrawnAt) {

        private Board next(List<RunSummary> now) {
            Map<String, RunSummary> before = runs.stream().collect(Collectors.toMap(RunSummary::run, run -> run));
            long next = version + 1;
            Map<String, Long> changes = new HashMap<>();
            for (RunSummary run : now) {
                changes.put(run.run(), run.equals(before.get(run.run())) ? changedAt.get(run.run()) : next);
            }
            boolean withdrawn = !changes.keySet().containsAll(before.keySet());
            boolean changed = withdrawn || changes.containsValue(next);
            return changed ? new Board(next, now, changes, withdrawn ? next : withdrawnAt) : this;
        }

        /** Returns the runs that have changed after that version. */
        public List<RunSummary> since(long seen) {
            return runs.stream().filter(run -> changedAt.get(run.run()) > seen).toList();
        }
    }
}
