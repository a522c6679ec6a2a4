package dev.apprentice.trainer.run;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.trainer.TrainerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * All runs, as read from Kafka. Each instance has its own registry, so any instance can answer for any run.
 *
 * <p>Bounded: it keeps the newest events of each run, and only the last event of all but the most recently active runs. Guarded
 * by its own lock.
 */
@ApplicationScoped
public class RunRegistry {

    /** What was read about a run; progress and checkpoints may be read before the run itself. */
    private static final class Entry {
        private Run run;
        private int partition;
        private final ProgressHistory progress = new ProgressHistory();
        private List<Checkpoint> checkpoints = List.of();
        private SortedSet<Integer> reported = Collections.emptySortedSet();
        /** Cached snapshot; null after a change. */
        private KnownRun known;

        /** Returns the cached snapshot if nothing has changed, because training asks for it at every step. */
        private KnownRun snapshot() {
            if (known == null) {
                known = new KnownRun(run, partition, progress.newest(), progress.conclusion(run.timesResumed()), checkpoints,
                        reported);
            }
            return known;
        }

        private void learn(Checkpoint checkpoint) {
            TreeMap<Integer, Checkpoint> bySteps = new TreeMap<>();
            checkpoints.forEach(one -> bySteps.put(one.step(), one));
            bySteps.put(checkpoint.step(), checkpoint);
            checkpoints = List.copyOf(bySteps.values());
            known = null;
        }

        private void learn(Report report) {
            TreeSet<Integer> steps = new TreeSet<>(reported);
            // a question without an answer may be replayed from the dead letters, and this checkpoint then answers it
            boolean allAnswered = report.graded() == report.questions();
            if (allAnswered ? steps.add(report.step()) : steps.remove(report.step())) {
                reported = Collections.unmodifiableSortedSet(steps);
                known = null;
            }
        }
    }

    /** Sort key of runs: when they were first requested, then the name. Cancelling or resuming a run does not move it. */
    private record Age(Instant begunAt, String name) implements Comparable<Age> {

        private static final Comparator<Age> ORDER = Comparator.comparing(Age::begunAt).thenComparing(Age::name);

        private static Age of(Run run) {
            return new Age(run.begunAt(), run.run());
        }

        @Override
        public int compareTo(Age other) {
            return ORDER.compare(this, other);
        }
    }

    private final int historyLimit;
    private final int runsWithHistory;
    private final Map<String, Entry> entries = new HashMap<>();
    /** Runs whose request was read, in the order in which they were first requested. */
    private final SortedMap<Age, Entry> byAge = new TreeMap<>();
    private final LinkedHashMap<String, ProgressHistory> recentlyActive = new LinkedHashMap<>(16, 0.75f, true);

    RunRegistry(TrainerSettings settings) {
        this.historyLimit = settings.progressHistory();
        this.runsWithHistory = settings.runsWithHistory();
    }

    /** @param partition the partition of the record in the topic of runs */
    synchronized void learn(Run run, int partition) {
        Entry entry = entry(run.run());
        if (entry.run != null) {
            byAge.remove(Age.of(entry.run));
        }
        entry.run = run;
        entry.partition = partition;
        entry.known = null;
        byAge.put(Age.of(run), entry);
        notifyAll();
    }

    synchronized void learn(Progress progress, long offset) {
        Entry entry = entry(progress.run());
        ProgressHistory history = entry.progress;
        history.add(new ReportedProgress(offset, progress), historyLimit);
        entry.known = null;
        recentlyActive.put(progress.run(), history);
        if (recentlyActive.size() > runsWithHistory) {
            String quietest = recentlyActive.keySet().iterator().next();
            recentlyActive.remove(quietest).shortenTo(1);
        }
    }

    synchronized void learn(Checkpoint checkpoint) {
        entry(checkpoint.run()).learn(checkpoint);
    }

    synchronized void learn(Report report) {
        entry(report.run()).learn(report);
    }

    private Entry entry(String run) {
        return entries.computeIfAbsent(run, name -> new Entry());
    }

    public synchronized Optional<KnownRun> find(String run) {
        return Optional.ofNullable(entries.get(run)).filter(entry -> entry.run != null).map(Entry::snapshot);
    }

    /** Waits until the registry has this state of the run. Returns false on a timeout. */
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

    /** Returns all runs, ordered by when they were first requested, oldest first. */
    public synchronized List<KnownRun> all() {
        return byAge.values().stream().map(Entry::snapshot).toList();
    }

    /** Tells whether a run has this checkpoint as its base model. That run may need it to be resumed, or to open its adapter. */
    public synchronized boolean isBaseOfARun(Checkpoint checkpoint) {
        return isBase(checkpoint.uri().startsWith("file:")
                ? Path.of(URI.create(checkpoint.uri())).toString()
                : checkpoint.uri());
    }

    private boolean isBase(String folder) {
        return byAge.values().stream()
                .anyMatch(entry -> entry.run.specification().model().location().equals(folder));
    }

    /**
     * Returns the remembered progress after this offset, oldest first.
     *
     * @param offset -1 for all of it
     */
    public synchronized List<ReportedProgress> progressSince(String run, long offset) {
        Entry entry = entries.get(run);
        if (entry == null) {
            return List.of();
        }
        return entry.progress.since(offset, entry.run == null ? 0 : entry.run.timesResumed());
    }
}
