package dev.apprentice.trainer.batches;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Batch.SplitName;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.service.log.TraceContext;
import dev.apprentice.trainer.checkpoint.BatchPosition;
import dev.apprentice.trainer.checkpoint.TrainingState;
import dev.apprentice.trainer.run.StopSignal;
import dev.apprentice.trainer.run.TrainingFailedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A run's batches in order: validation first, then epoch by epoch.
 *
 * <p>It reads with {@code assign} and {@code seek}, never with a consumer group. A step may take longer than any poll interval,
 * and resuming after a crash is a seek. It waits for batches that are not published yet.
 *
 * <p>Nothing is skipped: an unusable record, a gap or a repetition ends the run with {@link TrainingFailedException}. Only
 * validation batches that a stream brings after training has begun are skipped, because every evaluation uses the same batches.
 */
public final class BatchFeed implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LOOK_FOR_TOPIC_EVERY = Duration.ofSeconds(2);
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(1);
    private static final long UNKNOWN = -1;

    private final Consumer<String, byte[]> consumer;
    private final Topic<Batch> topic;
    private final TopicPartition partition;
    private final String run;
    private final StopSignal stop;
    private final boolean stream;
    private final AwaitedBatches awaited;
    private final Queue<ConsumerRecord<String, byte[]>> fetched = new ArrayDeque<>();
    private Optional<BatchPosition> learned = Optional.empty();
    private long topicSeenAt = System.nanoTime();

    /**
     * @param consumer made with {@link #consumerSettings}, used by this feed alone and closed with it
     * @param stream whether the run's batches have no end
     * @param awaited notified when there is nothing to read, and when there is something again
     */
    public BatchFeed(Consumer<String, byte[]> consumer, String run, boolean stream, StopSignal stop, AwaitedBatches awaited) {
        this.consumer = consumer;
        this.stream = stream;
        this.awaited = awaited;
        this.run = run;
        this.stop = stop;
        this.topic = Topics.batches(run);
        this.partition = new TopicPartition(topic.name(), 0);
    }

    /**
     * Returns the consumer's settings. Batches may be large, so a poll returns few of them. A position that no longer exists is
     * an error, not a reason to start over.
     */
    public static Map<String, Object> consumerSettings() {
        return Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    }

    /** Tells whether the run's topic exists and a broker answers. */
    public boolean isPublished() {
        try {
            List<?> partitions = consumer.partitionsFor(topic.name(), Duration.ofSeconds(1));
            boolean published = partitions != null && !partitions.isEmpty();
            if (!published) {
                awaited.begin(run);
            }
            return published;
        } catch (TimeoutException brokerAway) {
            return false;
        }
    }

    /**
     * Reads the batches that evaluations use: the first ones of each split, and the same ones on every call. For a stream, only
     * the first training batch is read, because training must be able to begin with it.
     *
     * @param batches maximum number of batches of each split, at least 1
     * @param whileWaiting called repeatedly while there is nothing to read
     */
    public EvaluationSet readEvaluationSet(int batches, boolean stream, Runnable whileWaiting) {
        goTo(0, Optional.empty());
        List<ReceivedBatch> validation = new ArrayList<>();
        List<ReceivedBatch> train = new ArrayList<>();
        ReceivedBatch received;
        do {
            received = next(whileWaiting);
            List<ReceivedBatch> split = received.batch().split() == SplitName.VALIDATION ? validation : train;
            if (split.size() < batches) {
                split.add(received);
            }
        } while (train.isEmpty() || !stream && train.size() < batches && !received.endsEpoch());
        return new EvaluationSet(train, validation);
    }

    /** Seeks to the batch that follows this state. */
    public void goOnAfter(TrainingState state) {
        goTo(state.nextOffset(), state.place());
    }

    private void goTo(long offset, Optional<BatchPosition> place) {
        consumer.assign(Set.of(partition));
        consumer.seek(partition, offset);
        fetched.clear();
        learned = place;
    }

    /** Tells whether no batch is fetched yet, so {@link #next} has to ask the broker. */
    public boolean isEmpty() {
        return fetched.isEmpty();
    }

    /**
     * Tells whether the broker has confirmed that there is nothing more for now. A slow broker has not confirmed it. If that
     * counted as the end, the run would give up its turn. It would meet that delay in every turn, and never learn.
     */
    public boolean isAtEnd() {
        return fetched.isEmpty() && consumer.currentLag(partition).orElse(UNKNOWN) == 0;
    }

    /** Tells whether the run has waited so long that its owner should be informed. It is true once per wait. */
    public boolean isWaitToBeReported() {
        return awaited.isToBeTold(run);
    }

    /** Returns the number of batches published and not yet learned, as far as it is known. */
    public long left() {
        return fetched.size() + consumer.currentLag(partition).orElse(0);
    }

    /** Returns the offset where reading goes on: after the batches that were read, and after Kafka's own control records. */
    public long position() {
        return fetched.isEmpty() ? consumer.position(partition) : fetched.peek().offset();
    }

    /**
     * Returns the next batch. Waits until there is one.
     *
     * @param whileWaiting called repeatedly while there is none
     * @throws dev.apprentice.trainer.run.RunStoppedException if the run is stopped
     */
    public ReceivedBatch next(Runnable whileWaiting) {
        ReceivedBatch received = nextBatch(whileWaiting);
        while (isLateValidation(received.batch())) {
            received = nextBatch(whileWaiting);
        }
        learned = Optional.of(received.place());
        return received;
    }

    private ReceivedBatch nextBatch(Runnable whileWaiting) {
        ConsumerRecord<String, byte[]> record = nextRecord(whileWaiting);
        Batch batch = read(record);
        boolean inOrder = learned.map(place -> place.isFollowedBy(batch)).orElseGet(() -> BatchPosition.canBegin(batch));
        if (!inOrder && !isLateValidation(batch)) {
            throw new UnusableBatchException(
                    record,
                    "it is batch " + batch.key() + ", which does not follow "
                            + learned.map(BatchPosition::toString).orElse("the beginning"),
                    null);
        }
        return new ReceivedBatch(record.offset(), batch, TraceContext.of(record.headers()));
    }

    private boolean isLateValidation(Batch batch) {
        return batch.split() == SplitName.VALIDATION
                && batch.of().isEmpty()
                && learned.filter(place -> place.split() == SplitName.TRAIN).isPresent();
    }

    private ConsumerRecord<String, byte[]> nextRecord(Runnable whileWaiting) {
        try {
            while (fetched.isEmpty()) {
                stop.check();
                consumer.poll(POLL).forEach(fetched::add);
                if (fetched.isEmpty()) {
                    requireTopic();
                    if (isAtEnd() && !(stream && learned.isPresent())) {
                        awaited.begin(run);
                    }
                    whileWaiting.run();
                }
            }
            awaited.end(run);
            return fetched.remove();
        } catch (InvalidOffsetException e) {
            throw new TrainingFailedException(
                    "batches of " + topic.name() + " were deleted before they were learned; start a new run, with a "
                            + "longer retention if this one waited too long",
                    e);
        }
    }

    /**
     * Checks that the topic still exists. The consumer just gets no more records from a deleted topic, so this looks for it in
     * the list of all topics.
     */
    private void requireTopic() {
        long now = System.nanoTime();
        if (now - topicSeenAt < LOOK_FOR_TOPIC_EVERY.toNanos()) {
            return;
        }
        try {
            if (!consumer.listTopics(BROKER_PATIENCE).containsKey(topic.name())) {
                throw new TrainingFailedException("the topic " + topic.name()
                        + " was deleted before its batches were learned; start a new run to have them published again");
            }
            topicSeenAt = now;
        } catch (TimeoutException brokerAway) {
            topicSeenAt = now; // the next call asks again
        }
    }

    private Batch read(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.value() == null) {
                throw new InvalidEventException("it has no value");
            }
            Batch batch = topic.read(record.headers(), record.value());
            if (!batch.run().equals(run)) {
                throw new InvalidEventException("it belongs to run '" + batch.run() + "'");
            }
            return batch;
        } catch (InvalidEventException e) {
            throw new UnusableBatchException(record, e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
