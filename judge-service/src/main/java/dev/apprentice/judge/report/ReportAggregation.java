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
 * Keeps the newest score of each example, and rebuilds a checkpoint's report when its scores have changed.
 *
 * <p>A report needs all of its checkpoint's scores, so reports are built at intervals rather than at every score. The keys of due
 * reports are kept in a store, so they survive a crash between a score and its report. Resampling a long exam a thousand times is
 * slow. So the aggregation then rests for a multiple of the time that this took, which keeps an exam in progress from occupying a
 * core.
 *
 * <p>Reports are kept for ever. A run's scores are removed when no new one has come for a long time; if the run is regraded, all
 * of its scores are published again.
 */
final class ReportAggregation extends ContextualProcessor<String, Score, String, Report> {

    /** Store of the newest score of each example, under run/step/example. */
    static final String SCORES = "scores";
    /** Store of the report published last, under run/step. */
    static final String REPORTS = "reports";
    /** Store of the keys run/step of reports whose scores have changed since. */
    static final String DUE = "due";
    /** Store of the time of each run's last new score, in milliseconds since 1970. */
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
     * Creates the aggregation.
     *
     * @param every how often to look for reports that are due
     * @param keep how long a run's scores are kept after the last new one
     * @param rest how long to rest after building reports, as a multiple of the time that this took
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
            return; // published late by an instance that has been replaced
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
                Long last = changed.putIfAbsent(entry.value.run(), now); // scores of an earlier version have no time yet; it starts now
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
                if (key.isBase()) { // it comes first in this order, so the run's other reports are compared with the new one
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
