package dev.apprentice.dataset;

import dev.apprentice.contracts.run.DataSource.Overlong;
import dev.apprentice.service.metrics.Buckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** The service's metrics. Prometheus shows the names with underscores. */
@Startup // registers the meters, at zero, before the first scrape
@ApplicationScoped
public class DatasetMetrics {

    /** The way examples come in. */
    public enum Source {
        /** A dataset as a whole. */
        UPLOAD,
        /** Instructions one by one, also those that come over HTTP: they are published to the topic first. */
        TOPIC
    }

    private final MeterRegistry registry;
    private final Timer tokenizing;

    DatasetMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.tokenizing = Timer.builder("apprentice.dataset.tokenizing")
                .description("Time to tokenise up to 1,000 examples")
                .serviceLevelObjectives(Buckets.ofWork())
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
        Counter.builder("apprentice.dataset.examples")
                .description("Examples that came in, by the way they came (upload: a whole dataset; topic: instructions, over HTTP too)"
                        + " and by what became of them")
                .tag("source", label(source))
                .tag("result", result)
                .register(registry)
                .increment(count);
    }

    /** Counts rows that were longer than the run allows, by the policy applied to them. */
    public void rowsOverlong(Overlong policy, int count) {
        Counter.builder("apprentice.dataset.rows.overlong")
                .description("Rows longer than their run allows, by the policy applied to them")
                .tag("policy", label(policy))
                .register(registry)
                .increment(count);
    }

    /** Counts rows that were left out because truncation would have removed the whole answer. */
    public void rowsWithoutTargets(int count) {
        counter("rows.without.targets", "Rows left out because nothing of the answer would have been left in them").increment(count);
    }

    public void batchesPublished(int count) {
        counter("batches.published", "Batches published to the topics of runs").increment(count);
    }

    public void promptsPublished(int count) {
        counter("prompts.published", "Prompts published for checkpoints to be examined by").increment(count);
    }

    private Counter counter(String name, String help) {
        return Counter.builder("apprentice.dataset." + name).description(help).register(registry);
    }

    public Timer tokenizing() {
        return tokenizing;
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
