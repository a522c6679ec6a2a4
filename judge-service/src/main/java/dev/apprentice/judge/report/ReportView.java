package dev.apprentice.judge.report;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * An in-memory view of the newest report on every checkpoint of every run.
 *
 * <p>Each instance reads the whole topic from its start, so that any of them can answer for any run.
 */
@ApplicationScoped
public class ReportView {

    private static final Logger LOG = Logger.getLogger(ReportView.class);

    private final SortedMap<String, SortedMap<Integer, Report>> runs = new ConcurrentSkipListMap<>();

    /** The number of reports read. Written only by the feed's thread. */
    private volatile long heard;

    /** Returns the names of the runs with a report, sorted. */
    public List<String> runs() {
        return List.copyOf(runs.keySet());
    }

    /** Returns a run's reports by step; empty if there are none. */
    public List<Report> of(String run) {
        SortedMap<Integer, Report> steps = runs.get(run);
        return steps == null ? List.of() : List.copyOf(steps.values());
    }

    /** Returns how many reports have been read since the start, newer versions included. */
    public long heard() {
        return heard;
    }

    /** Takes a record of the topic of reports: stores its report, or removes the report for a tombstone. */
    public void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            forget(record.key());
            return;
        }
        try {
            Report report = Topics.REPORTS.read(record.headers(), record.value());
            runs.computeIfAbsent(report.run(), run -> new ConcurrentSkipListMap<>()).put(report.step(), report);
            heard++;
        } catch (InvalidEventException e) { // the aggregation writes it to the dead letters, once for all instances
            LOG.warnf("skipped: %s", e.getMessage());
        }
    }

    private void forget(String key) {
        runs.values().forEach(steps -> steps.values().removeIf(report -> report.key().equals(key)));
        runs.values().removeIf(SortedMap::isEmpty);
    }
}
