package dev.apprentice.trainer.training;

import dev.apprentice.contracts.Batch;
import dev.apprentice.contracts.Batch.SplitName;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Topic;
import dev.apprentice.contracts.Topics;
import dev.apprentice.trainer.checkpoint.Place;
import dev.apprentice.trainer.checkpoint.TrainingState;
import dev.apprentice.trainer.run.StopSignal;
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
 * a gap or a repetition ends the run with {@link TrainingFailedException}.
 */
final class Curriculum implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private final Topic<Batch> topic;
    private final TopicPartition partition;
    private final String run;
    private final StopSignal stop;
    private final Queue<ConsumerRecord<String, byte[]>> fetched = new ArrayDeque<>();
    private Optional<Place> learned = Optional.empty();

    /** @param consumer this curriculum's own, made with {@link #consumerSettings}; closed with it */
    Curriculum(Consumer<String, byte[]> consumer, String run, StopSignal stop) {
        this.consumer = consumer;
        this.run = run;
        this.stop = stop;
        this.topic = Topics.batches(run);
        this.partition = new TopicPartition(topic.name(), 0);
    }

    /** Batches may be large, so few are held at a time; a position that no longer exists is an error, not a fresh start. */
    static Map<String, Object> consumerSettings() {
        return Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    }

    /** Whether there is anything to read yet, and somebody to read it from. */
    boolean isPublished() {
        try {
            List<?> partitions = consumer.partitionsFor(topic.name(), Duration.ofSeconds(1));
            return partitions != null && !partitions.isEmpty();
        } catch (TimeoutException brokerAway) {
            return false;
        }
    }

    /**
     * Reads the batches that evaluations look at: the first ones of each split, the same ones whenever this is asked.
     *
     * @param batches how many of each split at most, at least 1
     */
    EvaluationSet readEvaluationSet(int batches) {
        goTo(0, Optional.empty());
        List<Lesson> validation = new ArrayList<>();
        List<Lesson> train = new ArrayList<>();
        Lesson lesson;
        do {
            lesson = next();
            List<Lesson> split = lesson.batch().split() == SplitName.VALIDATION ? validation : train;
            if (split.size() < batches) {
                split.add(lesson);
            }
        } while (train.isEmpty() || train.size() < batches && !lesson.endsEpoch());
        return new EvaluationSet(train, validation);
    }

    /** Goes to the batch that is to be learned after this state. */
    void goOnAfter(TrainingState state) {
        goTo(state.nextOffset(), state.place());
    }

    private void goTo(long offset, Optional<Place> place) {
        consumer.assign(Set.of(partition));
        consumer.seek(partition, offset);
        fetched.clear();
        learned = place;
    }

    /** Whether {@link #next} would have to ask the broker. */
    boolean isDry() {
        return fetched.isEmpty();
    }

    /** Batches published and not yet learned, as far as is known. */
    long left() {
        return fetched.size() + consumer.currentLag(partition).orElse(0);
    }

    /** The next batch; waits until there is one, or until the run is stopped. */
    Lesson next() {
        ConsumerRecord<String, byte[]> record = nextRecord();
        Batch batch = read(record);
        boolean inOrder = learned.map(place -> place.isFollowedBy(batch)).orElseGet(() -> Place.canBegin(batch));
        if (!inOrder) {
            throw new UnusableBatchException(
                    record,
                    "it is batch " + batch.key() + ", which does not follow "
                            + learned.map(Place::toString).orElse("the beginning"),
                    null);
        }
        learned = Optional.of(Place.of(batch));
        return new Lesson(record.offset(), batch);
    }

    private ConsumerRecord<String, byte[]> nextRecord() {
        try {
            while (fetched.isEmpty()) {
                stop.check();
                consumer.poll(POLL).forEach(fetched::add);
            }
            return fetched.remove();
        } catch (InvalidOffsetException e) {
            throw new TrainingFailedException(
                    "batches of " + topic.name() + " were deleted before they were learned; start a new run, with a "
                            + "longer retention if this one waited too long",
                    e);
        }
    }

    private Batch read(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.value() == null) {
                throw new InvalidEventException("it has no value");
            }
            Batch batch = topic.read(record.value());
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
