package dev.apprentice.trainer.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.trainer.checkpoint.TrainingState;
import dev.apprentice.trainer.run.HeardRuns;
import dev.apprentice.trainer.run.NoStop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchFeedTest {

    private static final Run RUN = new Run("slow", DesiredState.RUN, Instant.EPOCH, new RunSpecification(
            new ModelSource("/models/any", null), DataSourceBuilder.builder().dataset("any").build(), null, null, null));

    private boolean answered;

    private final MockConsumer<String, byte[]> broker = new MockConsumer<>("none") {
        /** Like a real consumer's lag, it is unknown until the broker's first answer. */
        @Override
        public synchronized OptionalLong currentLag(TopicPartition asked) {
            return answered ? super.currentLag(asked) : OptionalLong.empty();
        }
    };
    private final TopicPartition partition = new TopicPartition(Topics.batches("slow").name(), 0);
    private long seconds;
    private HeardRuns runs;
    private AwaitedBatches awaited;
    private BatchFeed curriculum;

    @BeforeEach
    void waitForNothingYet(@TempDir Path home) {
        runs = new HeardRuns(home);
        awaited = new AwaitedBatches(runs.registry(), () -> Duration.ofSeconds(seconds).toNanos());
        curriculum = new BatchFeed(broker, "slow", false, new NoStop(), awaited);
    }

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

    @Test
    void batchesThatDoNotComeAreAConditionAndTheRunsOwnerIsToldOnce() {
        assertThat(curriculum.isPublished()).isFalse();
        seconds = 60;
        assertThat(condition()).isEmpty();
        assertThat(curriculum.isWaitToBeReported()).isFalse();
        seconds = 61;
        assertThat(condition()).contains("runs that wait for their batches: 1; dataset-service has reported nothing for over 60 s; is it"
                + " running with this broker and prefix?");
        assertThat(curriculum.isWaitToBeReported()).isTrue();
        assertThat(curriculum.isWaitToBeReported()).isFalse();

        awaited.keepOnly(Set.of("another"));
        assertThat(condition()).as("the run has ended, or is another instance's").isEmpty();
    }

    @Test
    void aDatasetServiceThatSaysWhatItDoesIsNotAway() {
        runs.hear(RUN, 0);
        curriculum.isPublished();
        seconds = 61;
        runs.hear(news(Phase.PREPARING), 0);
        assertThat(condition()).isEmpty();
        seconds = 121;
        assertThat(condition()).isEmpty();
        seconds = 122;
        assertThat(condition()).as("it has said nothing more since").isPresent();
        runs.hear(news(Phase.PREPARED), 1);
        assertThat(condition()).as("they are there, and wait for the run's turn").isEmpty();
    }

    @Test
    void whatComesEndsTheWait() {
        curriculum.isPublished();
        seconds = 61;
        curriculum.goOnAfter(TrainingState.start(123));
        broker.updateEndOffsets(Map.of(partition, 1L));
        broker.addRecord(new ConsumerRecord<>(partition.topic(), 0, 0, "any", null));
        assertThatThrownBy(() -> curriculum.next(() -> {})).isInstanceOf(UnusableBatchException.class);
        assertThat(condition()).isEmpty();
    }

    private Optional<String> condition() {
        return new BatchesCondition(awaited).trouble();
    }

    private static Progress news(Phase phase) {
        return ProgressBuilder.builder().run("slow").phase(phase).at(Instant.EPOCH).build();
    }
}
