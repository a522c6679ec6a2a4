package dev.apprentice.judge.page.pipeline;

import java.util.Optional;

/**
 * How far a service has come with a topic.
 *
 * @param topic the topic's name without the house's prefix
 * @param service who reads it
 * @param work what it makes of it
 * @param records how many the topic holds, markers of transactions included
 * @param lag how many of them still wait; empty where the group does not say how far it has come
 * @param consumers members the group has now
 */
public record StageLag(
        String topic, String service, String work, long records, Optional<Long> lag, int consumers) {}
