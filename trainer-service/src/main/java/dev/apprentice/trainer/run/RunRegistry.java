package dev.apprentice.trainer.run;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.contracts.Progress;
import dev.apprentice.contracts.Report;
import dev.apprentice.contracts.Run;
import dev.apprentice.trainer.TrainerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Every run there is, as the log tells it. Each instance keeps its own, so any of them can answer for any run.
 *
 * <p>Bounded: of each run the newest events, of all but the most recently active runs only the last one. Guarded by its
 * own lock.
 */
@ApplicationScoped
public class RunRegistry {

    /** What has been heard of a run; progress and checkpoints may be read before the run itself. */
    private static final class Entry {
        private Run run;
        private int partition;
        private final ProgressHistory progress = new ProgressHistory();
        private final TreeMap<Integer, Checkpoint> checkpoints = new TreeMap<>();
        private final TreeSet<Integer> reported = new TreeSet<>();

        private KnownRun snapshot() {
            return new KnownRun(
                    run,
                    partition,
                    progress.newest(),
                    progress.conclusion(),
                    List.copyOf(checkpoints.values()),
                    new TreeSet<>(reported));
        }
    }

    private final int historyLimit;
    private final int runsWithHistory;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final LinkedHashMap<String, ProgressHistory> recentlyActive = new LinkedHashMap<>(16, 0.75f, true);

    RunRegistry(TrainerSettings settings) {
        this.historyLimit = settings.progressHistory();
        this.runsWithHistory = settings.runsWithHistory();
    }

    /** @param partition the partition of the runs topic that the record was in */
    synchronized void learn(Run run, int partition) {
        Entry entry = entry(run.run());
        entry.run = run;
        entry.partition = partition;
        notifyAll();
    }

    synchronized void learn(Progress progress, long offset) {
        ProgressHistory history = entry(progress.run()).progress;
        history.add(new ReportedProgress(offset, progress), historyLimit);
        recentlyActive.put(progress.run(), history);
        if (recentlyActive.size() > runsWithHistory) {
            String quietest = recentlyActive.keySet().iterator().next();
            recentlyActive.remove(quietest).shortenTo(1);
        }
    }

    synchronized void learn(Checkpoint checkpoint) {
        entry(checkpoint.run()).checkpoints.put(checkpoint.step(), checkpoint);
    }

    synchronized void learn(Report report) {
        if (report.complete()) {
            entry(report.run()).reported.add(report.step());
        } else {
            entry(report.run()).reported.remove(report.step()); // a question has come to it
        }
    }

    private Entry entry(String run) {
        return entries.computeIfAbsent(run, name -> new Entry());
    }

    public synchronized Optional<KnownRun> find(String run) {
        return Optional.ofNullable(entries.get(run)).filter(entry -> entry.run != null).map(Entry::snapshot);
    }

    /** Waits until the log has brought this state of the run; false if the time is up before. */
    public synchronized boolean awaitKnown(Run run, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (find(run.run()).filter(known -> known.run().equals(run)).isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** All runs, oldest first. */
    public synchronized List<KnownRun> all() {
        return entries.values().stream()
                .filter(entry -> entry.run != null)
                .map(Entry::snapshot)
                .sorted(Comparator.<KnownRun, Instant>comparing(known -> known.run().requestedAt())
                        .thenComparing(KnownRun::name))
                .toList();
    }

    /** Remembered progress behind this offset, oldest first; -1 for all of it. */
    public synchronized List<ReportedProgress> progressSince(String run, long offset) {
        Entry entry = entries.get(run);
        return entry == null ? List.of() : entry.progress.since(offset);
    }
}
