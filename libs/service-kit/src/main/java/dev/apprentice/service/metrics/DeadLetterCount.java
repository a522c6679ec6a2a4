package dev.apprentice.service.metrics;

import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Counter {@code apprentice_dead_letters_total}: records that this service could not use, by the topic they came from. */
@ApplicationScoped
public class DeadLetterCount {

    /** Label for the batch topics of all runs, because a run's name is never a label. */
    private static final String BATCHES = Topics.BATCHES_PREFIX.substring(0, Topics.BATCHES_PREFIX.length() - 1);

    /** Registers the counters before the first scrape, so the first dead letter shows as an increase. */
    void start(@Observes StartupEvent event) {
        Topics.STANDING.stream().map(Topic::name).forEach(DeadLetterCount::of);
        of(BATCHES);
    }

    /**
     * Counts one dead letter.
     *
     * @param topic the topic that the record came from
     */
    public static void add(String topic) {
        of(topic.startsWith(Topics.BATCHES_PREFIX) ? BATCHES : topic).increment();
    }

    private static Counter of(String topic) {
        return Counter.builder("apprentice.dead.letters")
                .description("Records that could not be used and went to the dead letters, by the topic they came from")
                .tag("topic", topic)
                .register(Metrics.globalRegistry);
    }
}
