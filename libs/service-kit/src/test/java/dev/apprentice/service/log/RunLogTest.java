package dev.apprentice.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class RunLogTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Span SPAN = Span.wrap(
            SpanContext.create(TRACE, "00f067aa0ba902b7", TraceFlags.getSampled(), TraceState.getDefault()));

    @Test
    void whatIsInsideHasItsOwnAndWhatIsOutsideHasItsOwnAgain() {
        try (RunLog outer = RunLog.of("first", 3).in(SPAN)) {
            assertThat(MDC.getMap()).containsEntry("run", "first").containsEntry("step", "3")
                    .containsEntry("traceId", TRACE).containsEntry("spanId", "00f067aa0ba902b7");
            try (RunLog inner = RunLog.of("second").in(Span.getInvalid())) {
                assertThat(MDC.getMap()).containsEntry("run", "second").doesNotContainKey("step");
                RunLog.atStep(9);
                assertThat(MDC.getMap()).containsEntry("step", "9");
            }
            assertThat(MDC.getMap()).containsEntry("run", "first").containsEntry("step", "3").containsEntry("traceId", TRACE);
        }
        assertThat(MDC.getMap()).doesNotContainKeys("run", "step", "traceId", "spanId");
    }
}
