package dev.apprentice.service.kafka;

import dev.apprentice.contracts.topic.KafkaPrefix;

/** In which order a service starts what observes its start; the channels, which take a second to be made, come after all of these. */
public final class StartOrder {

    /** Settings, such as {@link KafkaPrefix}: nothing is done with wrong ones. */
    public static final int CHECKS = 1;
    /** What asks Kafka by a thread of its own: its answer comes while the channels are made. */
    public static final int KAFKA = 2;

    private StartOrder() {}
}
