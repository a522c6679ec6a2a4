package dev.apprentice.dataset;

import dev.apprentice.contracts.DataSource.Overlong;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** What this service counts. Prometheus shows the names with underscores. */
@Startup // the meters are there, at zero, from the first scrape
@ApplicationScoped
public class DatasetMetrics {

    /** How examples come in. */
    public enum Source {
        UPLOAD,
        TOPIC
    }

    private final MeterRegistry registry;
    private final Timer tokenizing;

    DatasetMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.tokenizing = Timer.builder("apprentice.dataset.tokenizing")
                .description("Time to tokenise up to 1,000 examples")
                .register(registry);
        for (Source source : Source.values()) {
            examplesAccepted(source, 0);
            examplesRefused(source, 0);
        }
        for (Overlong policy : Overlong.values()) {
            rowsOverlong(policy, 0);
        }
        rowsWithoutTargets(0);
        batchesPublished(0);
        promptsPublished(0);
    }

    public void examplesAccepted(Source source, int count) {
        examples(source, "accepted", count);
    }

    public void examplesRefused(Source source, int count) {
        examples(source, "refused", count);
    }

    private void examples(Source source, String result, int count) {
        registry.counter("apprentice.dataset.examples", "source", label(source), "result", result).increment(count);
    }

    /** Rows that were longer than the run allows, by what became of them. */
    public void rowsOverlong(Overlong policy, int count) {
        registry.counter("apprentice.dataset.rows.overlong", "policy", label(policy)).increment(count);
    }

    /** Rows left out because nothing of the answer would have been left in them. */
    public void rowsWithoutTargets(int count) {
        registry.counter("apprentice.dataset.rows.without.targets").increment(count);
    }

    public void batchesPublished(int count) {
        registry.counter("apprentice.dataset.batches.published").increment(count);
    }

    public void promptsPublished(int count) {
        registry.counter("apprentice.dataset.prompts.published").increment(count);
    }

    public Timer tokenizing() {
        return tokenizing;
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
