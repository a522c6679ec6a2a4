package dev.apprentice.judge.page.pipeline;

import java.util.Optional;

/**
 * The progress of a service in a topic.
 *
 * @param topic the topic's name without the system's prefix
 * @param service the service that reads it
 * @param work what the service does with the records
 * @param records how many records the topic holds, transaction markers included
 * @param lag how many of them still wait; empty if the group does not commit offsets
 * @param consumers how many members the group has now
 */
public record StageLag(
        String topic, String service, String work, long records, Optional<Long> lag, int consumers) {}
