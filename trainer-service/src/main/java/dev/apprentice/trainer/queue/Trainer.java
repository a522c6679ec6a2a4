package dev.apprentice.trainer.queue;

import dev.apprentice.contracts.Causes;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.log.RunLog;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.trainer.TrainerSettings;
import dev.apprentice.trainer.batches.AwaitedBatches;
import dev.apprentice.trainer.batches.BatchFeed;
import dev.apprentice.trainer.batches.PublishedBatches;
import dev.apprentice.trainer.progress.FencedException;
import dev.apprentice.trainer.ranks.JobRanks;
import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.run.Outcomes;
import dev.apprentice.trainer.run.Ownership;
import dev.apprentice.trainer.run.RegistryFeed;
import dev.apprentice.trainer.run.RunEnd;
import dev.apprentice.trainer.run.RunThreads;
import dev.apprentice.trainer.training.TrainingDevice;
import dev.apprentice.trainer.training.TrainingTurn;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.jboss.logging.Logger;

/**
 * Works on this instance's runs. One thread trains, one run at a time, in the queue's order. Another ends runs that are cancelled
 * before their turn, and cleans up after those that have ended. A run that waits for batches gives way to others, and so does one
 * whose turn is over; see {@link FairTurn}.
 *
 * <p>A run ends once: its final progress event is published, then its outcome is kept on disk. After a failure in between, such
 * as an unavailable Kafka or disk, the run is paused and resumed from its newest checkpoint.
 */
@ApplicationScoped
public class Trainer {

    private static final Logger LOG = Logger.getLogger(Trainer.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final KafkaClients clients;
    private final TrainerSettings settings;
    private final RunQueue queue;
    private final IdleRuns idle;
    private final Ownership ownership;
    private final Outcomes outcomes;
    private final RunAttempts attempts;
    private final AwaitedBatches awaited;
    private final TrainingDevice device;
    private final JobRanks ranks;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final RegistryFeed feed;
    private final RunThreads threads;
    private final WatchedThread training;
    private final WatchedThread tending;

    Trainer(
            KafkaClients clients,
            TrainerSettings settings,
            RunQueue queue,
            IdleRuns idle,
            Ownership ownership,
            Outcomes outcomes,
            RunAttempts attempts,
            AwaitedBatches awaited,
            TrainingDevice device,
            JobRanks ranks,
            RegistryFeed feed,
            RunThreads threads) {
        this.clients = clients;
        this.settings = settings;
        this.queue = queue;
        this.idle = idle;
        this.ownership = ownership;
        this.outcomes = outcomes;
        this.attempts = attempts;
        this.awaited = awaited;
        this.device = device;
        this.ranks = ranks;
        this.feed = feed;
        this.threads = threads;
        this.training = new WatchedThread("training", this::train, settings.retryEvery());
        this.tending = new WatchedThread("tending", this::tend, settings.retryEvery());
    }

    void start(@Observes StartupEvent event) {
        LOG.infof("models are trained on %s", device.device());
        threads.start(training);
        threads.start(tending);
    }

    /** Stops both threads. It waits for the step under way, because the model's native memory must not be freed during a computation. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        closing.countDown();
        tending.stop();
        training.stop();
        tending.join();
        training.join();
    }

    private void train(WatchedThread self) throws InterruptedException {
        awaitKnowledge(self, ranks::showLife);
        try (PublishedBatches published =
                new PublishedBatches(clients.consumer("trainer-published", BatchFeed.consumerSettings()))) {
            Predicate<KnownRun> hasNews = known -> !self.isStopping()
                    && (attempts.schedule(known).isDueWhilePaused() || published.hasNewsFor(known, queue.pausedAt(known)));
            while (!self.pause(LOOK_EVERY)) {
                ranks.showLife();
                next(hasNews).ifPresent(known -> self.busyWith(() -> workOn(
                        known, new FairTurn(queue::waiting, hasNews, settings.turn(), System::nanoTime))));
            }
        }
    }

    /** Waits until the log is read. Otherwise a run that was cancelled long ago would be begun. */
    private void awaitKnowledge(WatchedThread self, Runnable meanwhile) throws InterruptedException {
        do {
            meanwhile.run();
        } while (!feed.isComplete() && !self.pause(LOOK_EVERY));
    }

    /** Takes the first run that has something to do. If none has, takes the first of all, which then reports what it waits for. */
    private Optional<KnownRun> next(Predicate<KnownRun> hasNews) {
        List<KnownRun> waiting = queue.waiting();
        return waiting.stream()
                .filter(known -> waiting.size() == 1 || hasNews.test(known))
                .findFirst()
                .or(() -> waiting.stream().findFirst())
                .flatMap(next -> queue.take(known -> known.name().equals(next.name()) && !known.isCancelled()));
    }

    private void tend(WatchedThread self) throws InterruptedException {
        awaitKnowledge(self, () -> {});
        while (!self.pause(LOOK_EVERY)) {
            self.busyWith(() -> {
                queue.take(KnownRun::isCancelled).ifPresent(known -> workOn(known, waiting -> false));
                idle.cleanUpNext();
            });
            Set<String> own = queue.forgetOthers();
            attempts.keepOnly(own);
            awaited.keepOnly(own);
        }
    }

    private void workOn(KnownRun known, TrainingTurn turn) {
        try (RunLog log = RunLog.of(known.name())) {
            workOnLogged(known, turn);
        } finally {
            queue.giveBack(known);
        }
    }

    private void workOnLogged(KnownRun known, TrainingTurn turn) {
        try {
            Optional<RunEnd> outcome =
                    known.conclusion().isPresent()
                            ? known.conclusion().map(last -> RunEnd.of(known.run(), last))
                            : attempts.attempt(known, turn, closing);
            if (outcome.isPresent()) {
                outcomes.record(outcome.get());
                LOG.infof("%s: %s", outcome.get().phase(), outcome.get().reason().orElse("no reason given"));
            }
        } catch (FencedException e) {
            LOG.warnf("%s; this one stops here and publishes nothing more about it", e.getMessage());
            ownership.doubt();
        } catch (KafkaException e) {
            LOG.warnf(e, "paused while Kafka is unavailable: %s", e.getMessage());
            if (Causes.include(InvalidTimestampException.class, e)) {
                LOG.error("Kafka refuses records for their time: the clock of this machine is ahead of the broker's; correct it");
            }
            ownership.doubt();
            pause(settings.retryEvery());
        } catch (IOException e) {
            LOG.warnf(e, "paused while the disk fails: %s", e.getMessage());
            pause(settings.retryEvery());
        }
    }

    /** Waits. Returns early with true if this instance shuts down. */
    private boolean pause(Duration duration) {
        try {
            return closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
