package dev.apprentice.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TraceContextTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String OTHER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final Tracer exporting = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()
            .get("test");

    @Test
    void workOnARecordContinuesItsTraceAndSoDoesWhatComesOfIt() {
        Span span = TraceContext.begin(exporting, "answer prompt", traced(PARENT));
        Headers result = traced(OTHER);
        TraceContext.put(Context.root().with(span), result);
        span.end();

        SpanData exported = exporter.getFinishedSpanItems().get(0);
        assertThat(exported.getTraceId()).isEqualTo(TRACE);
        assertThat(exported.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(traceparents(result)).containsExactly("00-" + TRACE + "-" + exported.getSpanId() + "-01");
    }

    @Test
    void aModelThatWasAskedIsDescribedByTheConventionsNames() {
        Span span = TraceContext.begin(exporting, "answer prompt", traced(PARENT));
        GenerativeSpan.answered(span, "file:///data/step-000012", 31, 7, TimeUnit.SECONDS);
        GenerativeSpan.graded(span, "llama3", 85);
        span.end();

        SpanData exported = exporter.getFinishedSpanItems().get(0);
        Map<String, Object> attributes = new HashMap<>();
        exported.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
        assertThat(attributes).isEqualTo(Map.of(
                "gen_ai.operation.name", "text_completion",
                "gen_ai.provider.name", "apprentice",
                "gen_ai.request.model", "file:///data/step-000012",
                "gen_ai.usage.input_tokens", 31L,
                "gen_ai.usage.output_tokens", 7L,
                "gen_ai.response.finish_reasons", List.of("seconds")));
        assertThat(exported.getEvents()).singleElement().satisfies(event -> {
            assertThat(event.getName()).isEqualTo("gen_ai.evaluation.result");
            assertThat(event.getAttributes().asMap().values()).containsExactlyInAnyOrder("llama3", 85.0);
        });
    }

    @Test
    void theTraceIsCarriedOnWhereNothingIsExported() {
        Span span = TraceContext.begin(OpenTelemetry.noop().getTracer("none"), "answer prompt", traced(PARENT));
        Headers result = new RecordHeaders();
        TraceContext.put(Context.root().with(span), result);
        assertThat(traceparents(result)).containsExactly(PARENT);
    }

    @Test
    void workThatSeveralRecordsLeadToIsLinkedToThemAll() {
        Context none = TraceContext.of(new RecordHeaders());
        Span span = TraceContext.begin(
                exporting, "batch", List.of(none, TraceContext.of(traced(PARENT)), TraceContext.of(traced(OTHER))));
        span.end();

        SpanData exported = exporter.getFinishedSpanItems().get(0);
        assertThat(exported.getTraceId()).isEqualTo(TRACE);
        assertThat(exported.getLinks())
                .extracting(LinkData::getSpanContext)
                .extracting(context -> context.getTraceId())
                .containsExactly("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void aHeaderThatIsNoTraceIsPassedOver() {
        Headers headers = traced("nonsense");
        Headers result = new RecordHeaders();
        TraceContext.put(TraceContext.of(headers), result);
        assertThat(traceparents(result)).isEmpty();
    }

    private static Headers traced(String traceparent) {
        return new RecordHeaders().add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> traceparents(Headers headers) {
        List<String> found = new ArrayList<>();
        headers.headers("traceparent").forEach(header -> found.add(new String(header.value(), StandardCharsets.UTF_8)));
        return found;
    }
}
