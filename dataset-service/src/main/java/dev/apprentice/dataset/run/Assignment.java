package dev.apprentice.dataset.run;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * The partitions that the consumer group has assigned to this instance. Other instances have the others.
 *
 * <p>A record's work runs {@link #whileOurs while this instance owns the record's partition}. Revoking a partition waits for that
 * work, so the next owner's work is never overwritten by an older owner's.
 *
 * <p>After a start the group takes a while to decide: up to {@code session.timeout.ms} if it still waits for a process that was
 * killed. Until then this instance counts all partitions as its own. Locks keep it off runs that another instance works on, and
 * an instance that runs alone goes on at once.
 */
@ApplicationScoped
@Identifier(Assignment.NAME)
public class Assignment implements KafkaConsumerRebalanceListener {

    /** The name by which the channels' settings refer to this listener. */
    public static final String NAME = "assignment";

    private static final Logger LOG = Logger.getLogger(Assignment.class);

    private final Set<TopicPartition> ours = new HashSet<>();
    /** Topics whose partitions the group has assigned since the start. */
    private final Set<String> known = new HashSet<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Event<TakeOver> takeOvers;

    /** Fired when partitions were assigned to this instance, which now has to finish what another instance left undone in them. */
    public record TakeOver() {}

    Assignment(Event<TakeOver> takeOvers) {
        this.takeOvers = takeOvers;
    }

    void start(@Observes StartupEvent started) {
        takeOvers.fireAsync(new TakeOver());
    }

    /** Work that is done for a record. */
    @FunctionalInterface
    public interface Work {

        void run() throws IOException;
    }

    /** Tells whether this instance owns a partition, or the group has not decided yet. */
    public boolean isOurs(String topic, int partition) {
        lock.readLock().lock();
        try {
            return !known.contains(topic) || ours.contains(new TopicPartition(topic, partition));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Runs the work while no partition is assigned to this instance or revoked from it. */
    public void hold(Work work) throws IOException {
        lock.readLock().lock();
        try {
            work.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Runs a record's work, unless another instance owns the partition by now; that instance receives the record, too. */
    public void whileOurs(String topic, int partition, Work work) throws IOException {
        hold(() -> {
            if (isOurs(topic, partition)) {
                work.run();
            }
        });
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        change(() -> {
            known.addAll(consumer.subscription());
            ours.addAll(partitions);
        });
        if (!partitions.isEmpty()) {
            LOG.infof("partitions assigned to this instance: %s", partitions);
            takeOvers.fireAsync(new TakeOver());
        }
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            change(() -> ours.removeAll(partitions));
            LOG.infof("partitions revoked from this instance: %s", partitions);
        }
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        LOG.warnf("this instance was away for too long and lost the partitions %s", partitions);
        change(() -> ours.removeAll(partitions));
    }

    private void change(Runnable change) {
        lock.writeLock().lock();
        try {
            change.run();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
