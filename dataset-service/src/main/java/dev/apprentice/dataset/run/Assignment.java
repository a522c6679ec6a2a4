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
 * What is this instance's to do: the partitions that the consumer group has given it. Other instances have the others.
 *
 * <p>What a record asks for is done {@link #whileOurs while its partition is this instance's}; giving a partition up waits for
 * it, so that the next owner never has its own work overwritten by an older one.
 *
 * <p>After a start it is a while until the group has decided: up to {@code session.timeout.ms} where it still waits for a process
 * that was killed. Until then all is this instance's of which no other has the lock, so that one that runs alone goes on at once.
 */
@ApplicationScoped
@Identifier(Assignment.NAME)
public class Assignment implements KafkaConsumerRebalanceListener {

    /** What channels' settings call it. */
    public static final String NAME = "assignment";

    private static final Logger LOG = Logger.getLogger(Assignment.class);

    private final Set<TopicPartition> ours = new HashSet<>();
    /** Topics that the group has shared out since the start. */
    private final Set<String> known = new HashSet<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Event<TakeOver> takeOvers;

    /** Partitions were given to this instance: what another left undone in them is its work now. */
    public record TakeOver() {}

    Assignment(Event<TakeOver> takeOvers) {
        this.takeOvers = takeOvers;
    }

    void start(@Observes StartupEvent started) {
        takeOvers.fireAsync(new TakeOver());
    }

    /** Something that is done for a record. */
    @FunctionalInterface
    public interface Work {

        void run() throws IOException;
    }

    /** Whether a partition is this instance's. */
    public boolean isOurs(String topic, int partition) {
        lock.readLock().lock();
        try {
            return !known.contains(topic) || ours.contains(new TopicPartition(topic, partition));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Does something while no partition is taken from this instance or given to it. */
    public void hold(Work work) throws IOException {
        lock.readLock().lock();
        try {
            work.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Does what a record asks for, unless its partition is another instance's by now: that one is given the record, too. */
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
            LOG.infof("%s are this instance's", partitions);
            takeOvers.fireAsync(new TakeOver());
        }
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            change(() -> ours.removeAll(partitions));
            LOG.infof("%s are no longer this instance's", partitions);
        }
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        LOG.warnf("this instance was away for too long and has lost %s", partitions);
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
