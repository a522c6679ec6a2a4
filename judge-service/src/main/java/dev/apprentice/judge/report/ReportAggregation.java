package dev.apprentice.judge.report;

import dev.apprentice.contracts.Report;
import dev.apprentice.contracts.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
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
 * is being graded does not keep a core busy with reports that nobody reads.
 */
final class ReportAggregation extends ContextualProcessor<String, Score, String, Report> {

    /** run/step/example to that example's newest score. */
    static final String SCORES = "scores";
    /** run/step to the report published last. */
    static final String REPORTS = "reports";
    /** run/step of the reports whose scores have changed since. */
    static final String DUE = "due";

    private static final StringSerializer KEYS = new StringSerializer();

    private final Duration every;
    private final int rest;
    private long restsUntil;
    private KeyValueStore<String, Score> scores;
    private KeyValueStore<String, Report> reports;
    private KeyValueStore<String, Boolean> due;

    /**
     * Makes no report yet.
     *
     * @param every how often to look for reports that are due
     * @param rest how many times as long as it took to make reports it waits before it makes some again
     */
    ReportAggregation(Duration every, int rest) {
        this.every = every;
        this.rest = rest;
    }

    @Override
    public void init(ProcessorContext<String, Report> context) {
        super.init(context);
        scores = context.getStateStore(SCORES);
        reports = context.getStateStore(REPORTS);
        due = context.getStateStore(DUE);
        context.schedule(every, PunctuationType.WALL_CLOCK_TIME, this::publishDue);
    }

    @Override
    public void process(Record<String, Score> record) {
        Score score = record.value();
        Score known = scores.get(score.key());
        if (known != null && !score.replaces(known)) {
            return; // published late by an instance that has since been replaced
        }
        if (known != null && known.unanswered().isEmpty() && score.unanswered().isPresent()) {
            return; // the question came twice, and was answered once: an answer counts
        }
        if (!score.equals(known)) {
            scores.put(score.key(), score);
            due.put(new CheckpointKey(score.run(), score.step()).toString(), true);
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
            Report report = CheckpointReport.of(scoresOf(key), key.isBase() ? List.of() : scoresOf(key.base()));
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
