package dev.apprentice.service.log;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The trace that a record belongs to, in its headers {@code traceparent} and {@code tracestate} (<a
 * href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>).
 *
 * <p>Work on a record continues its trace, and resulting records carry the trace on, whether or not this service exports spans. A
 * trace that begins with an instruction's producer therefore reaches the scores of the checkpoint that learned it.
 */
public final class TraceContext {

    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

    private TraceContext() {}

    /** Returns the context in the headers; the root context if there is none or it is unreadable. */
    public static Context of(Headers headers) {
        return W3C.extract(Context.root(), headers, new HeaderGetter());
    }

    /** Writes the context into the headers, replacing an existing one. A context without a span changes nothing. */
    public static void put(Context context, Headers headers) {
        W3C.inject(context, headers, (carrier, name, value) -> {
            carrier.remove(name);
            carrier.add(name, value.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Returns the context that {@link #texts} has written; the root context if there is none or it is unreadable. */
    public static Context of(Map<String, String> texts) {
        return W3C.extract(Context.root(), texts, new TextGetter());
    }

    /** Returns the context as names and values of headers, to be stored without a record; empty if it has no span. */
    public static Map<String, String> texts(Context context) {
        Map<String, String> texts = new TreeMap<>();
        W3C.inject(context, texts, Map::put);
        return texts;
    }

    /** Begins a span for the work on a record. The caller ends it. */
    public static Span begin(Tracer tracer, String name, Headers headers) {
        return tracer.spanBuilder(name)
                .setParent(of(headers))
                .setSpanKind(SpanKind.CONSUMER)
                .startSpan();
    }

    /**
     * Begins a span for work that several records have caused. It continues the trace of the first and links to those of the
     * others. The caller ends it.
     *
     * @param causes contexts of the records, in order; those without a span are skipped
     */
    public static Span begin(Tracer tracer, String name, List<Context> causes) {
        List<Context> traced =
                causes.stream().filter(cause -> Span.fromContext(cause).getSpanContext().isValid()).toList();
        SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(SpanKind.CONSUMER);
        builder.setParent(traced.isEmpty() ? Context.root() : traced.get(0));
        traced.stream().skip(1).forEach(cause -> builder.addLink(Span.fromContext(cause).getSpanContext()));
        return builder.startSpan();
    }

    private static final class TextGetter implements TextMapGetter<Map<String, String>> {

        @Override
        public Iterable<String> keys(Map<String, String> texts) {
            return texts.keySet();
        }

        @Override
        public String get(Map<String, String> texts, String name) {
            return texts.get(name);
        }
    }

    private static final class HeaderGetter implements TextMapGetter<Headers> {

        @Override
        public Iterable<String> keys(Headers headers) {
            return Arrays.stream(headers.toArray()).map(Header::key).toList();
        }

        @Override
        public String get(Headers headers, String name) {
            Header header = headers.lastHeader(name);
            return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        }
    }
}
