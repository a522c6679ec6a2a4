package dev.apprentice.dataset.stream;

import java.time.Instant;
import java.util.Optional;

/**
 * The record that an example came from.
 *
 * @param partition of the instructions topic
 * @param offset of the record
 * @param at the record's timestamp
 * @param traceparent the record's header: the trace it belongs to
 * @param tracestate the record's header: what tracing systems add to that
 */
record Origin(int partition, long offset, Instant at, Optional<String> traceparent, Optional<String> tracestate) {

    Origin {
        traceparent = traceparent == null ? Optional.empty() : traceparent;
        tracestate = tracestate == null ? Optional.empty() : tracestate;
    }
}
