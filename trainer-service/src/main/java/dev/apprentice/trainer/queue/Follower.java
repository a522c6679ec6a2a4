package dev.apprentice.trainer.queue;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.log.RunLog;
import dev.apprentice.trainer.batches.AwaitedBatches;
import dev.apprentice.trainer.batches.BatchFeed;
import dev.apprentice.trainer.checkpoint.CheckpointStores;
import dev.apprentice.trainer.ranks.JobRanks;
import dev.apprentice.trainer.ranks.Order;
import dev.apprentice.trainer.run.RunStoppedException;
import dev.apprentice.trainer.run.RunStoppedException.Reason;
import dev.apprentice.trainer.run.StopSignal;
import dev.apprentice.trainer.training.FollowerRun;
import dev.apprentice.trainer.training.TrainingDevice;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The work of a rank other than 0: it trains what rank 0's {@link Trainer} trains, until rank 0 shuts down. */
@ApplicationScoped
class Follower {

    private static final Logger LOG = Logger.getLogger(Follower.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final JobRanks ranks;
    private final KafkaClients clients;
    private final CheckpointStores stores;
    private final TrainingDevice device;
    private final AwaitedBatches awaited;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::followToTheEnd, "following");

    Follower(JobRanks ranks, KafkaClients clients, CheckpointStores stores, TrainingDevice device, AwaitedBatches awaited) {
        this.ranks = ranks;
        this.clients = clients;
        this.stores = stores;
        this.device = device;
        this.awaited = awaited;
        thread.setDaemon(true);
    }

    void start(@Observes StartupEvent event) {
        if (ranks.isFollower()) {
            thread.start();
        }
    }

    /** Stops following. A follower that is stopped alone cannot wait for rank 0 indefinitely; mpirun then ends the job. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        closing.countDown();
        thread.join(LAST_WORDS.toMillis());
    }

    /** Obeys rank 0 until it shuts down. If this rank fails, it aborts the job, because all others would wait for it. */
    private void followToTheEnd() {
        try {
            for (Order order = ranks.next(); order.kind() != Order.Kind.SHUT_DOWN; order = ranks.next()) {
                follow(order.run().orElseThrow(), order);
            }
            ranks.leave();
            Quarkus.asyncExit();
        } catch (RuntimeException | Error e) {
            LOG.error("this rank cannot go on, which ends the job; started again it goes on from the last checkpoint", e);
            ranks.all().abort();
        }
    }

    private void follow(Run run, Order begin) {
        StopSignal stop = new UntilShutdown();
        try (RunLog log = RunLog.of(run.run());
                FollowerRun followed = new FollowerRun(
                        run,
                        ranks,
                        new BatchFeed(clients.consumer("trainer-batches", BatchFeed.consumerSettings()), run.run(),
                                run.specification().data().source() == Source.STREAM, stop, awaited),
                        stop)) {
            LOG.infof("following rank 0, from %s", begin.checkpoint().map(step -> "the checkpoint of step " + step).orElse("the base model"));
            followed.follow(begin.checkpoint(), stores.of(run.run()), device);
        }
    }

    /** Stops only at shutdown. Rank 0 notices cancellation and everything else that ends a run. */
    private final class UntilShutdown implements StopSignal {

        @Override
        public void check() {
            if (closing.getCount() == 0) {
                throw new RunStoppedException(Reason.SHUTDOWN);
            }
        }

        @Override
        public void pause(Duration duration) {
            try {
                if (closing.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new RunStoppedException(Reason.SHUTDOWN);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunStoppedException(Reason.SHUTDOWN);
            }
        }
    }
}
