package dev.apprentice.service.log;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.MDC;

/**
 * Adds run, step and trace to every log line of this thread until closed ({@code mdc} in JSON logs).
 *
 * <pre>{@code
 * try (RunLog log = RunLog.of(run, step).in(span)) { ... }
 * }</pre>
 *
 * <p>{@code traceId} and {@code spanId} are Quarkus' names, but Quarkus sets them only if spans are exported. With this class,
 * log lines can be found by a record's trace in any case.
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

    /** Adds a run to the log lines, without a step. */
    public static RunLog of(String run) {
        RunLog log = new RunLog();
        MDC.put(RUN, run);
        MDC.remove(STEP);
        return log;
    }

    /** Adds a run and the step of its checkpoint to the log lines. */
    public static RunLog of(String run, int step) {
        RunLog log = of(run);
        atStep(step);
        return log;
    }

    /** Adds a trace to the log lines; run and step stay as they are. */
    public static RunLog ofTrace(Span span) {
        return new RunLog().in(span);
    }

    /** Sets the step on the log lines of this thread, until the run's log is closed. */
    public static void atStep(int step) {
        MDC.put(STEP, Integer.toString(step));
    }

    /** Adds a span's trace to the log lines. A span without a trace changes nothing. */
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
