package dev.apprentice.trainer.queue;

import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.model.DeviceMemoryException;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.card.CardFailure;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.trainer.TrainerSettings;
import dev.apprentice.trainer.batches.AwaitedBatches;
import dev.apprentice.trainer.batches.BatchFeed;
import dev.apprentice.trainer.batches.UnusableBatchException;
import dev.apprentice.trainer.checkpoint.CheckpointSchedule;
import dev.apprentice.trainer.checkpoint.CheckpointStores;
import dev.apprentice.trainer.checkpoint.CheckpointWriting;
import dev.apprentice.trainer.checkpoint.RunKnowledge;
import dev.apprentice.trainer.progress.FencedException;
import dev.apprentice.trainer.progress.ProgressReport;
import dev.apprentice.trainer.progress.RunEvents;
import dev.apprentice.trainer.progress.TrainingMetrics;
import dev.apprentice.trainer.progress.TransactionalRunEvents;
import dev.apprentice.trainer.ranks.JobRanks;
import dev.apprentice.trainer.request.RunCheck;
import dev.apprentice.trainer.run.Attempt;
import dev.apprentice.trainer.run.FatalRunException;
import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.run.Outcomes;
import dev.apprentice.trainer.run.Ownership;
import dev.apprentice.trainer.run.RunEnd;
import dev.apprentice.trainer.run.RunRegistry;
import dev.apprentice.trainer.run.RunStop;
import dev.apprentice.trainer.run.RunStoppedException;
import dev.apprentice.trainer.run.RunStoppedException.Reason;
import dev.apprentice.trainer.run.TrainingFailedException;
import dev.apprentice.trainer.training.Practice;
import dev.apprentice.trainer.training.RunContext;
import dev.apprentice.trainer.training.RunTraining;
import dev.apprentice.trainer.training.TrainingDevice;
import dev.apprentice.trainer.training.TrainingTurn;
import dev.apprentice.trainer.training.TurnOverException;
import dev.apprentice.trainer.training.Unpublished;
import io.opentelemetry.api.trace.Tracer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Makes one attempt after another to train a run, each from its newest checkpoint. Keeps in memory what the next attempt needs. */
@ApplicationScoped
class RunAttempts {

    private static final Logger LOG = Logger.getLogger(RunAttempts.class);

    private final KafkaClients clients;
    private final TrainerSettings settings;
    private final RunRegistry registry;
    private final RunQueue queue;
    private final Ownership ownership;
    private final Outcomes outcomes;
    private final CheckpointStores stores;
    private final RunCheck check;
    private final TrainingMetrics metrics;
    private final AwaitedBatches awaited;
    private final TrainingDevice device;
    private final JobRanks ranks;
    private final Tracer tracer;
    private final Map<String, Unpublished> unpublished = new ConcurrentHashMap<>();
    private final Map<String, CheckpointSchedule> schedules = new ConcurrentHashMap<>();
    private final InstantSource clock = Clock.systemUTC();

    RunAttempts(
            KafkaClients clients,
            TrainerSettings settings,
            RunRegistry registry,
            RunQueue queue,
            Ownership ownership,
            Outcomes outcomes,
            CheckpointStores stores,
            RunCheck check,
            TrainingMetrics metrics,
            AwaitedBatches awaited,
            TrainingDevice device,
            JobRanks ranks,
            Tracer tracer) {
        this.clients = clients;
        this.settings = settings;
        this.registry = registry;
        this.queue = queue;
        this.ownership = ownership;
        this.outcomes = outcomes;
        this.stores = stores;
        this.check = check;
        this.metrics = metrics;
        this.awaited = awaited;
        this.device = device;
        this.ranks = ranks;
        this.tracer = tracer;
    }

    /** Forgets all other runs. */
    void keepOnly(Set<String> runs) {
        unpublished.keySet().retainAll(runs);
        schedules.keySet().retainAll(runs);
    }

    /**
     * Trains the run until it ends, and publishes its end. Empty if the run is only paused.
     *
     * @param closing at zero once this instance shuts down
     */
    Optional<RunEnd> attempt(KnownRun known, TrainingTurn turn, CountDownLatch closing) throws IOException {
        ProgressReport report = new ProgressReport(known.run(), clock);
        try (RunEvents events = TransactionalRunEvents.open(clients, known.name(), settings.publishEvery())) {
            try {
                trainOrEnd(known, events, report, turn, closing);
                return Optional.of(end(known.run(), events, report.completed()));
            } catch (TurnOverException e) {
                events.flush();
                LOG.infof("paused at offset %d of its batches: another run's turn", e.nextOffset());
                queue.pause(known, e.nextOffset());
                return Optional.empty();
            } catch (RunStoppedException e) {
                return stopped(e.reason(), known, events, report);
            } catch (UnusableBatchException e) {
                Progress last = report.failed(e.getMessage());
                events.reject(e.record(), e, last);
                return Optional.of(RunEnd.of(known.run(), last));
            } catch (DeviceMemoryException e) {
                return Optional.of(end(known.run(), events, report.failed(e.getMessage() + ". When you resume the run, set a smaller"
                        + " tokensPerBatch, or activationCheckpointing; it goes on from its last checkpoint")));
            } catch (TrainingFailedException | FatalRunException | ModelException e) {
                return Optional.of(end(known.run(), events, report.failed(e.getMessage())));
            } catch (FencedException | KafkaException e) {
                throw e;
            } catch (IOException e) {
                events.report(report.waitingForStorage(e));
                events.flush();
                throw e;
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                // Another attempt would fail in the same way, and would keep other runs waiting.
                LOG.error("training failed unexpectedly", e);
                return Optional.of(end(known.run(), events, report.failed("training failed unexpectedly: " + e)));
            }
        }
    }

    /** Trains the run. If the graphics card fails, ends the process, because neither this run nor the runs that wait may fail for it. */
    private void trainOrEnd(
            KnownRun known, RunEvents events, ProgressReport report, TrainingTurn turn, CountDownLatch closing) throws IOException {
        try {
            train(known, events, report, turn, closing);
        } catch (RuntimeException e) {
            CardFailure.endProcessIf(e, LOG::error);
            throw e;
        }
    }

    void train(
            KnownRun known, RunEvents events, ProgressReport report, TrainingTurn turn, CountDownLatch closing) throws IOException {
        if (known.checkpoints().isEmpty()) { // a run that has begun was checked by the version that began it
            try (Attempt attempt = Attempt.begin(outcomes.folder(known.name()), "checking")) {
                check.objection(known.run().specification()).ifPresent(objection -> {
                    throw new TrainingFailedException(objection);
                });
            }
        }
        RunStop stop = new RunStop(known, registry, ownership, closing);
        new RunTraining(
                        new RunContext(known.run(), outcomes.folder(known.name()), events, report, metrics, stop, turn,
                                schedule(known), unpublished(known)),
                        stores.of(known.name()),
                        () -> new BatchFeed(
                                clients.consumer("trainer-batches", BatchFeed.consumerSettings()), known.name(), known.isStream(),
                                stop, awaited),
                        RunKnowledge.of(known, registry),
                        new Practice(ranks, device.device(), settings.sampleTokens(), settings.retryEvery(),
                                CheckpointWriting.of(settings.checkpointsWhileTraining(), device.device())))
                .train();
    }

    /** Returns the run's checkpoint schedule, which outlives its turns. */
    CheckpointSchedule schedule(KnownRun known) {
        Optional<Duration> afterUnlessGiven =
                known.isStream() ? Optional.of(settings.streamCheckpointAfter()) : Optional.empty();
        return schedules.computeIfAbsent(known.name(), name -> CheckpointSchedule.of(
                known.run().specification().training(), afterUnlessGiven, System::nanoTime));
    }

    private Unpublished unpublished(KnownRun known) {
        return unpublished.computeIfAbsent(known.name(), name -> new Unpublished(tracer, metrics, clock));
    }

    private Optional<RunEnd> stopped(Reason reason, KnownRun known, RunEvents events, ProgressReport report) {
        return switch (reason) {
            case CANCELLED -> Optional.of(end(known.run(), events, report.cancelled()));
            case CONCLUDED -> registry.find(known.name()).flatMap(KnownRun::conclusion)
                    .map(last -> RunEnd.of(known.run(), last));
            case NOT_OURS, SHUTDOWN -> {
                LOG.infof("paused: %s", reason == Reason.SHUTDOWN ? "shutting down" : "another instance trains it now");
                yield Optional.empty();
            }
        };
    }

    private static RunEnd end(Run run, RunEvents events, Progress last) {
        events.report(last);
        events.flush();
        return RunEnd.of(run, last);
    }
}
