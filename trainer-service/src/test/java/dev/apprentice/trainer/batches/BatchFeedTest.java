package dev.apprentice.trainer.batches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.Topics;
import dev.apprentice.trainer.checkpoint.TrainingState;
import dev.apprentice.trainer.run.NoStop;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BatchFeedTest {

    private boolean answered;

    private final MockConsumer<String, byte[]> broker = new MockConsumer<>("none") {
        /** As a real consumer's: unknown until the broker's first answer. */
        @Override
        public synchronized OptionalLong currentLag(TopicPartition asked) {
            return answered ? super.currentLag(asked) : OptionalLong.empty();
        }
    };
    private final TopicPartition partition = new TopicPartition(Topics.batches("slow").name(), 0);
    private final BatchFeed curriculum = new BatchFeed(broker, "slow", new NoStop());

    @Test
    void aBrokerThatHasNotAnsweredYetIsNotTheEndOfTheBatches() {
        curriculum.goOnAfter(TrainingState.start(123));
        assertThat(curriculum.isAtEnd()).isFalse();
    }

    @Test
    void theEndIsWhereTheBrokerSaysThatThereIsNothingMore() {
        curriculum.goOnAfter(TrainingState.start(123));
        answered = true;
        broker.updateEndOffsets(Map.of(partition, 1L));
        assertThat(curriculum.isAtEnd()).isFalse();
        broker.addRecord(new ConsumerRecord<>(partition.topic(), 0, 0, "any", null));
        broker.poll(Duration.ZERO);
        assertThat(curriculum.isAtEnd()).isTrue();
    }
}
