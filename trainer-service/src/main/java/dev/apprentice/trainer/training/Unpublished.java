package dev.apprentice.trainer.training;

import dev.apprentice.service.log.RunLog;
import dev.apprentice.service.log.TraceContext;
import dev.apprentice.trainer.batches.ReceivedBatch;
import dev.apprentice.trainer.checkpoint.SavedCheckpoint;
import dev.apprentice.trainer.progress.TrainingMetrics;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run has learned that is in no published checkpoint yet: the traces that it belongs to, and since when its instructions
 * have waited. For one thread at a time.
 */
public final class Unpublished {

    /** Maximum number of traces, of which the first are kept; a span with more links is of no use. */
    private static final int MOST_TRACES = 64;

    private final Tracer tracer;
    private final TrainingMetrics metrics;
    private final InstantSource clock;
    private final List<Context> traces = new ArrayList<>();
    private final List<Instant> instructions = new ArrayList<>();

    public Unpublished(Tracer tracer, TrainingMetrics metrics, InstantSource clock) {
        this.tracer = tracer;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Runs a step on these batches as part of their traces. Events published meanwhile carry the trace on. */
    void learning(List<ReceivedBatch> batches, Runnable step) {
        List<Context> causes = batches.stream().map(ReceivedBatch::trace).toList();
        within(TraceContext.begin(tracer, "learn batch", causes), step);
        causes.stream()
                .filter(cause -> Span.fromContext(cause).getSpanContext().isValid())
                .limit(MOST_TRACES - traces.size())
                .forEach(traces::add);
        batches.forEach(received -> received.batch().oldestInstructionAt().ifPresent(instructions::add));
    }

    /** Returns a mark of what is learned so far, which a checkpoint of this moment holds. */
    Mark mark() {
        return new Mark(traces.size(), instructions.size());
    }

    /**
     * Announces a checkpoint as part of the traces that led to it.
     *
     * @param learned what the checkpoint holds; what was learned after it stays unpublished
     */
    void publishing(Mark learned, Runnable announcement) {
        List<Context> causes = traces.subList(0, learned.traces);
        within(TraceContext.begin(tracer, "publish checkpoint", List.copyOf(causes)), announcement);
        Instant now = clock.instant();
        List<Instant> published = instructions.subList(0, learned.instructions);
        published.forEach(since -> metrics.published(Duration.between(since, now)));
        causes.clear();
        published.clear();
    }

    /** Returns the traces that led to what is learned, in the form of {@link SavedCheckpoint#traces}. */
    List<Map<String, String>> traces() {
        return traces.stream().map(TraceContext::texts).toList();
    }

    /** Notes that training goes on from an unpublished checkpoint. Its traces are those remembered here, or else those saved with it. */
    void remember(SavedCheckpoint checkpoint) {
        if (traces.isEmpty()) {
            checkpoint.traces().stream().map(TraceContext::of).forEach(traces::add);
        }
    }

    /** Notes that training goes on from a published checkpoint. What came after it will be learned again. */
    void forget() {
        traces.clear();
        instructions.clear();
    }

    /** How many of the traces and of the instructions a checkpoint holds. */
    record Mark(int traces, int instructions) {}

    private static void within(Span span, Runnable work) {
        try (Scope scope = span.makeCurrent(); RunLog log = RunLog.ofTrace(span)) {
            work.run();
        } finally {
            span.end();
        }
    }
}
