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
 * A run's batches in their order: validation first, then epoch after epoch.
 *
 * <p>Read with {@code assign} and {@code seek}, never with a group: a step may take longer than any poll interval, and
 * going on after a crash is a seek. Waits for what is not published yet. Nothing is skipped: a record that cannot be used,
 * a gap or a repetition ends the run with {@link TrainingFailedException}. Only validation batches that a stream brings
 * while training goes on are skipped: every evaluation looks at the same ones.
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
     * @param consumer this curriculum's own, made with {@link #consumerSettings}; closed with it
     * @param stream whether the run's batches have no end
     * @param awaited hears when there is nothing to read, and when there is again
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

    /** Batches may be large, so few are held at a time; a position that no longer exists is an error, not a fresh start. */
    public static Map<String, Object> consumerSettings() {
        return Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    }

    /** Whether there is anything to read yet, and a broker to read it from. */
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
     * Reads the batches that evaluations look at: the first ones of each split, the same ones whenever this is asked. Of a
     * stream's training batches it is the first alone, so that learning can begin with it.
     *
     * @param batches how many of each split at most, at least 1
     * @param whileWaiting called again and again as long as there is nothing to read
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

    /** Goes to the batch that is to be learned after this state. */
    public void goOnAfter(TrainingState state) {
        goTo(state.nextOffset(), state.place());
    }

    private void goTo(long offset, Optional<BatchPosition> place) {
        consumer.assign(Set.of(partition));
        consumer.seek(partition, offset);
        fetched.clear();
        learned = place;
    }

    /** Whether none is fetched, so that {@link #next} has to ask the broker. */
    public boolean isEmpty() {
        return fetched.isEmpty();
    }

    /**
     * Whether the broker has said that there is nothing more for now. One that is slow to answer has not: a run that took
     * that for the end would give its turn away, have the same first wait in its next one, and never learn.
     */
    public boolean isAtEnd() {
        return fetched.isEmpty() && consumer.currentLag(partition).orElse(UNKNOWN) == 0;
    }

    /** Whether this has waited so long that the run's owner should hear of it; once a wait. */
    public boolean isWaitToBeReported() {
        return awaited.isToBeTold(run);
    }

    /** Batches published and not yet learned, as far as is known. */
    public long left() {
        return fetched.size() + consumer.currentLag(partition).orElse(0);
    }

    /** Where in the topic reading goes on: behind what is read, and behind what Kafka keeps there for itself. */
    public long position() {
        return fetched.isEmpty() ? consumer.position(partition) : fetched.peek().offset();
    }

    /** The next batch; waits until there is one, or until the run is stopped. */
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

    /** A topic that is deleted while it is read just has nothing more: only its absence among all topics tells. */
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
            topicSeenAt = now; // it will be asked again
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
