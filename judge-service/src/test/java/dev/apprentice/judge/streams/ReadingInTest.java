package dev.apprentice.judge.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReadingInTest {

    private static final TopicPartition FIRST = new TopicPartition("apprentice.responses", 0);
    private static final TopicPartition SECOND = new TopicPartition("apprentice.scores", 0);

    @Test
    void countsTheRecordsOfAllItsTopics() {
        List<String> told = new ArrayList<>();
        ReadingIn reading = new ReadingIn(told::add);

        reading.onRestoreStart(FIRST, "responses", 0, 1_500);
        reading.onBatchRestored(FIRST, "responses", 999, 1_000);
        reading.onBatchRestored(FIRST, "responses", 1_499, 500);
        reading.onRestoreEnd(FIRST, "responses", 1_500);
        reading.onRestoreStart(SECOND, "scores", 0, 2_000);
        reading.onBatchRestored(SECOND, "scores", 1_999, 2_000);

        assertThat(told).startsWith(" is reading the topics, 0 records so far")
                .endsWith(" is reading the topics, 3,500 records so far");
    }
}
