package dev.apprentice.dataset.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What became of the examples that stream runs heard of, over all runs of this process. */
@Startup // the meters are there, at zero, from the first scrape
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

    /** New examples that went into a committed batch. */
    void batched(int count) {
        counters.get(Result.BATCHED).increment(count);
    }

    /** Learned ones that went into a committed batch again. */
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

    /** Too long for the run, or without anything to learn once cut. */
    void leftOut() {
        counters.get(Result.LEFT_OUT).increment();
    }
}
