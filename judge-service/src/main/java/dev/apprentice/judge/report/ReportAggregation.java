package dev.apprentice.judge.report;

import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.event.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the newest score of each example and makes a checkpoint's report anew when its scores have changed.
 *
 * <p>Not at every score but at intervals, for all that came in between: making a report reads all its scores. Which reports
 * are due is itself kept in a store, and so survives a crash between a score and its report. Drawing a long exam's examples
 * again a thousand times takes a moment, so after making reports it rests for a multiple of the time that took: an exam that
 * is being graded does not keep a core busy with reports that are not read.
 *
 * <p>Reports stay. The scores of a run go when none has come for long: all of them come again should it be graded anew.
 */
final class ReportAggregation extends ContextualProcessor<String, Score, String, Report> {

    /** run/step/example to that example's newest score. */
    static final String SCORES = "scores";
    /** run/step to the report published last. */
    static final String REPORTS = "reports";
    /** run/step of the reports whose scores have changed since. */
    static final String DUE = "due";
    /** run to the time of its last new score, in milliseconds since 1970. */
    static final String CHANGED = "changed";

    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    private static final StringSerializer KEYS = new StringSerializer();

    private final Duration every;
    private final Duration keep;
    private final int rest;
    private long restsUntil;
    private KeyValueStore<String, Score> scores;
    private KeyValueStore<String, Report> reports;
    private KeyValueStore<String, Boolean> due;
    private KeyValueStore<String, Long> changed;

    /**
     * Makes no report yet.
     *
     * @param every how often to look for reports that are due
     * @param keep how long a run's scores stay after the last new one
     * @param rest how many times as long as it took to make reports it waits before it makes some again
     */
    ReportAggregation(Duration every, Duration keep, int rest) {
        this.every = every;
        this.keep = keep;
        this.rest = rest;
    }

    @Override
    public void init(ProcessorContext<String, Report> context) {
        super.init(context);
        scores = context.getStateStore(SCORES);
        reports = context.getStateStore(REPORTS);
        due = context.getStateStore(DUE);
        changed = context.getStateStore(CHANGED);
        context.schedule(SWEEP_EVERY, PunctuationType.WALL_CLOCK_TIME, this::removeOldScores);
        context.schedule(every, PunctuationType.WALL_CLOCK_TIME, this::publishDue);
    }

    @Override
    public void process(Record<String, Score> record) {
        Score score = record.value();
        Score known = scores.get(score.key());
        if (known != null && !score.replaces(known)) {
            return; // published late by an instance that has since been replaced
        }
        if (!score.equals(known)) {
            scores.put(score.key(), score);
            due.put(new CheckpointKey(score.run(), score.step()).toString(), true);
            changed.put(score.run(), context().currentSystemTimeMs());
        }
    }

    private void removeOldScores(long now) {
        Set<String> old = new TreeSet<>();
        try (KeyValueIterator<String, Report> all = reports.all()) {
            all.forEachRemaining(entry -> {
                Long last = changed.putIfAbsent(entry.value.run(), now); // those of an earlier version count from now on
                if (last != null && now - last > keep.toMillis()) {
                    old.add(entry.value.run());
                }
            });
        }
        for (String run : old) {
            try (KeyValueIterator<String, Score> all = scores.prefixScan(run + "/", KEYS)) {
                all.forEachRemaining(entry -> scores.delete(entry.key));
            }
        }
    }

    private void publishDue(long now) {
        if (now >= restsUntil) {
            long start = System.nanoTime();
            publishAll(now);
            restsUntil = now + rest * Duration.ofNanos(System.nanoTime() - start).toMillis();
        }
    }

    private void publishAll(long now) {
        NavigableSet<CheckpointKey> left = dueKeys();
        for (CheckpointKey key = left.pollFirst(); key != null; key = left.pollFirst()) {
            due.delete(key.toString());
            List<Score> exam = scoresOf(key);
            if (exam.isEmpty()) {
                continue; // removed as old; its report stays
            }
            Report report = CheckpointReport.of(exam, key.isBase() ? List.of() : scoresOf(key.base()));
            if (!report.equals(reports.get(key.toString()))) {
                reports.put(key.toString(), report);
                context().forward(new Record<>(key.toString(), report, now));
                if (key.isBase()) { // the first of its run in this order, so that the others see the new one
                    left.addAll(laterReports(key));
                }
            }
        }
    }

    private NavigableSet<CheckpointKey> dueKeys() {
        NavigableSet<CheckpointKey> keys = new TreeSet<>();
        try (KeyValueIterator<String, Boolean> all = due.all()) {
            all.forEachRemaining(entry -> keys.add(CheckpointKey.of(entry.key)));
        }
        return keys;
    }

    private List<Score> scoresOf(CheckpointKey checkpoint) {
        List<Score> found = new ArrayList<>();
        try (KeyValueIterator<String, Score> all = scores.prefixScan(checkpoint + "/", KEYS)) {
            all.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    private List<CheckpointKey> laterReports(CheckpointKey base) {
        List<CheckpointKey> keys = new ArrayList<>();
        try (KeyValueIterator<String, Report> all = reports.prefixScan(base.run() + "/", KEYS)) {
            all.forEachRemaining(entry -> keys.add(CheckpointKey.of(entry.key)));
        }
        keys.remove(base);
        return keys;
    }
}
