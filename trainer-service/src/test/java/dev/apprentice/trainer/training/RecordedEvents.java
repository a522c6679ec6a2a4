package dev.apprentice.trainer.training;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.trainer.progress.RunEvents;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records the events of a run, and crashes the trainer when it is about to publish its {@code crashAt}-th event. */
class RecordedEvents implements RunEvents {

    /** Simulates the death of the process: the trainer publishes nothing after it. */
    static final class Crash extends Error {
        Crash() {
            super("the process is gone");
        }
    }

    final List<Progress> progress = new ArrayList<>();
    final List<Checkpoint> checkpoints = new ArrayList<>();
    /** For each announced checkpoint, the trace of its announcement. */
    final List<String> traces = new ArrayList<>();
    private final int crashAt;
    private int said;

    RecordedEvents(int crashAt) {
        this.crashAt = crashAt;
    }

    static RecordedEvents undisturbed() {
        return new RecordedEvents(Integer.MAX_VALUE);
    }

    /** Returns how many events there were. */
    int said() {
        return said;
    }

    /** Returns the loss of every step. */
    Map<Integer, Double> losses() {
        Map<Integer, Double> losses = new TreeMap<>();
        progress.stream()
                .filter(event -> event.phase() == Phase.TRAINING)
                .forEach(event -> losses.put(event.step(), event.figures().trainLoss().orElseThrow()));
        return losses;
    }

    @Override
    public void report(Progress event) {
        maybeCrash();
        progress.add(event);
    }

    @Override
    public void flush() {}

    @Override
    public void announce(Checkpoint checkpoint, Progress event) {
        maybeCrash();
        checkpoints.add(checkpoint);
        traces.add(Span.current().getSpanContext().getTraceId());
        progress.add(event);
    }

    @Override
    public void reject(ConsumerRecord<String, byte[]> record, RuntimeException why, Progress last) {
        throw new AssertionError("no record is unusable here", why);
    }

    private void maybeCrash() {
        said++;
        if (said >= crashAt) {
            throw new Crash();
        }
    }

    @Override
    public void close() {}
}
