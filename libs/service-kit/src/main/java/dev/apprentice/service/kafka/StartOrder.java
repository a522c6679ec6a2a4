package dev.apprentice.service.kafka;

import dev.apprentice.contracts.topic.KafkaPrefix;

/**
 * Priorities of the observers of a service's start, in ascending order. The channels, whose creation takes a second, come after
 * all of these.
 */
public final class StartOrder {

    /** Checks of settings, such as {@link KafkaPrefix}: nothing is done with wrong ones. */
    public static final int CHECKS = 1;
    /** Observers that ask Kafka on their own thread, which overlaps with the creation of the channels. */
    public static final int KAFKA = 2;

    private StartOrder() {}
}
