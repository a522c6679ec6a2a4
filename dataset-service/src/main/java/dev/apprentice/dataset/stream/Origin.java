package dev.apprentice.dataset.stream;

import java.time.Instant;
import java.util.Optional;

/**
 * Where an example came from.
 *
 * @param partition of the instructions topic
 * @param offset of its record
 * @param at the record's time
 * @param traceparent the trace it belongs to, as the record's header has it
 * @param tracestate what tracing systems add to that
 */
record Origin(int partition, long offset, Instant at, Optional<String> traceparent, Optional<String> tracestate) {

    Origin {
        traceparent = traceparent == null ? Optional.empty() : traceparent;
        tracestate = tracestate == null ? Optional.empty() : tracestate;
    }
}
