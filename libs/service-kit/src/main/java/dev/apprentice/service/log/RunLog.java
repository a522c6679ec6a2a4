package dev.apprentice.service.log;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.MDC;

/**
 * Puts run, step and trace on every log line of this thread until closed ({@code mdc} in JSON logs).
 *
 * <pre>{@code
 * try (RunLog log = RunLog.of(run, step).in(span)) { ... }
 * }</pre>
 *
 * <p>{@code traceId} and {@code spanId} are Quarkus' names. Quarkus sets them only where spans are exported; a record's
 * trace is carried on in any case, and its log lines can be found by it.
 */
public final class RunLog implements AutoCloseable {

    private static final String RUN = "run";
    private static final String STEP = "step";
    private static final String TRACE = "traceId";
    private static final String SPAN = "spanId";
    private static final List<String> KEYS = List.of(RUN, STEP, TRACE, SPAN);

    private final Map<String, Object> before = new HashMap<>();

    private RunLog() {
        KEYS.forEach(key -> before.put(key, MDC.get(key)));
    }

    /** Of a run. */
    public static RunLog of(String run) {
        RunLog log = new RunLog();
        MDC.put(RUN, run);
        MDC.remove(STEP);
        return log;
    }

    /** Of a run's checkpoint. */
    public static RunLog of(String run, int step) {
        RunLog log = of(run);
        atStep(step);
        return log;
    }

    /** Of the run that this thread is at. */
    public static RunLog ofTrace(Span span) {
        return new RunLog().in(span);
    }

    /** The run that this thread is at has come to this step. Until the run's log is closed. */
    public static void atStep(int step) {
        MDC.put(STEP, Integer.toString(step));
    }

    /** Within this span as well; one that belongs to no trace changes nothing. */
    public RunLog in(Span span) {
        SpanContext context = span.getSpanContext();
        if (context.isValid()) {
            MDC.put(TRACE, context.getTraceId());
            MDC.put(SPAN, context.getSpanId());
        }
        return this;
    }

    @Override
    public void close() {
        before.forEach((key, value) -> {
            if (value == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, value);
            }
        });
    }
}
