package dev.apprentice.dataset.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Metrics of what became of the examples that stream runs read, over all runs of this process. */
@Startup // registers the meters, at zero, before the first scrape
@ApplicationScoped
class StreamCounts {

    private enum Result {
        BATCHED,
        REPLAYED,
        HELD_OUT,
        DUPLICATE,
        CORRECTED,
        WITHDRAWN,
        LEFT_OUT
    }

    private final Map<Result, Counter> counters = new EnumMap<>(Result.class);

    StreamCounts(MeterRegistry registry) {
        for (Result result : Result.values()) {
            counters.put(result, Counter.builder("apprentice.dataset.stream.examples")
                    .description("Examples that stream runs heard of, by what became of them")
                    .tag("result", result.name().toLowerCase(Locale.ROOT))
                    .register(registry));
        }
    }

    /** Counts new examples in a committed batch. */
    void batched(int count) {
        counters.get(Result.BATCHED).increment(count);
    }

    /** Counts learned examples that a committed batch repeats. */
    void replayed(int count) {
        counters.get(Result.REPLAYED).increment(count);
    }

    void heldOut() {
        counters.get(Result.HELD_OUT).increment();
    }

    void duplicate() {
        counters.get(Result.DUPLICATE).increment();
    }

    void corrected() {
        counters.get(Result.CORRECTED).increment();
    }

    void withdrawn() {
        counters.get(Result.WITHDRAWN).increment();
    }

    /** Counts an example that is too long for the run, or has nothing to learn once truncated. */
    void leftOut() {
        counters.get(Result.LEFT_OUT).increment();
    }
}
