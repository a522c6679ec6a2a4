package dev.apprentice.trainer.run;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** A consumer without a broker. Each poll waits, up to its timeout, for a step of the test's script and runs it. */
final class ScriptedConsumer extends MockConsumer<String, byte[]> {

    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<Runnable> script = new LinkedBlockingQueue<>();
    private final Map<TopicPartition, OffsetAndMetadata> before = new HashMap<>(); // guarded by this
    private ConsumerRebalanceListener listener;

    ScriptedConsumer() {
        super("earliest");
    }

    /** Runs a step in the next poll, and waits until it has run. The records of that poll may not be processed yet. */
    void inPoll(Runnable step) throws InterruptedException, ExecutionException, TimeoutException {
        FutureTask<Void> task = new FutureTask<>(step, null);
        script.add(task);
        task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until the records of earlier polls are processed. */
    void awaitNextPoll() throws InterruptedException, ExecutionException, TimeoutException {
        inPoll(() -> {});
    }

    /** Sets the offset that the group had committed before this consumer joined. */
    synchronized void committedBefore(TopicPartition partition, long offset) {
        before.put(partition, new OffsetAndMetadata(offset));
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>(super.committed(partitions));
        before.forEach(all::putIfAbsent);
        return all;
    }

    /** Returns the listener that is notified of assigned and revoked partitions. */
    ConsumerRebalanceListener listener() {
        return listener;
    }

    @Override
    public synchronized void subscribe(Collection<String> topics, ConsumerRebalanceListener toldOf) {
        listener = toldOf;
        super.subscribe(topics, toldOf);
    }

    @Override
    public ConsumerRecords<String, byte[]> poll(Duration timeout) {
        try {
            Runnable step = script.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (step != null) {
                step.run();
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        return super.poll(Duration.ZERO);
    }
}
