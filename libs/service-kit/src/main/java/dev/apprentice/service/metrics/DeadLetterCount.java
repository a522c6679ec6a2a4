package dev.apprentice.service.metrics;

import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** {@code apprentice_dead_letters_total}: records that this service could not use, by the topic they came from. */
@ApplicationScoped
public class DeadLetterCount {

    /** Every run's topic of batches is one here: a run's name is never a label. */
    private static final String BATCHES = Topics.BATCHES_PREFIX.substring(0, Topics.BATCHES_PREFIX.length() - 1);

    /** There from the first scrape, so that the first letter is an increase. */
    void start(@Observes StartupEvent event) {
        Topics.STANDING.stream().map(Topic::name).forEach(DeadLetterCount::of);
        of(BATCHES);
    }

    /**
     * Counts one.
     *
     * @param topic where the record came from
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
