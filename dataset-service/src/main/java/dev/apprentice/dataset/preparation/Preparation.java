package dev.apprentice.dataset.preparation;

import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.batches.CurriculumPlanner;
import dev.apprentice.dataset.batches.CurriculumPublisher;
import dev.apprentice.dataset.batches.PreparationException;
import dev.apprentice.dataset.batches.PreparedData;
import dev.apprentice.dataset.persistence.DamagedFileException;
import dev.apprentice.dataset.persistence.HeldElsewhereException;
import dev.apprentice.dataset.persistence.SharedLock;
import dev.apprentice.dataset.persistence.WorkFailure;
import dev.apprentice.dataset.prompts.Exams;
import dev.apprentice.dataset.run.PreparationOutcome;
import dev.apprentice.dataset.run.RunFiles;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.dataset.run.RunParts;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.DownloadMessages;
import dev.apprentice.service.log.RunLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Prepares a run: its examples become batches, and its test examples an exam. A stream's preparation has no end.
 *
 * <p>Idempotent: all of it can be repeated from the beginning, with an equal result.
 */
@ApplicationScoped
class Preparation {

    /** Number of crashes after which a run is not tried again. */
    private static final int CRASHES = 2;

    /**
     * How long another instance may hold a run, in nanoseconds, before the owner is informed. It normally lets go within a
     * transaction, or once the run's examples are tokenised.
     */
    private static final long UNUSUAL = Duration.ofSeconds(30).toNanos();

    private static final long TOLD = Long.MIN_VALUE;

    private static final Logger LOG = Logger.getLogger(Preparation.class);

    private final RunBinding binding;
    private final CurriculumPlanner planner;
    private final CurriculumPublisher publisher;
    private final StreamRuns streams;
    private final ProgressPublisher progress;
    private final Exams exams;
    private final Duration turn;
    private final Map<String, Long> heldElsewhereSince = new ConcurrentHashMap<>();
    /** Runs that cannot be bound yet and whose owners have been informed. */
    private final Set<String> waitingForADataset = ConcurrentHashMap.newKeySet();
    /** Runs that this service's disk holds up and whose owners have been informed. */
    private final Set<String> waitingForTheDisk = ConcurrentHashMap.newKeySet();

    Preparation(
            RunBinding binding,
            CurriculumPlanner planner,
            CurriculumPublisher publisher,
            StreamRuns streams,
            ProgressPublisher progress,
            Exams exams,
            DatasetSettings settings) {
        this.binding = binding;
        this.planner = planner;
        this.publisher = publisher;
        this.streams = streams;
        this.progress = progress;
        this.exams = exams;
        this.turn = settings.turn();
    }

    /**
     * Prepares the run, or continues its preparation, for at most one turn. A run that cannot be prepared fails, with the reason
     * as its message.
     *
     * @param othersWait whether other runs wait for their turn
     * @return whether the turn is over and work is left
     * @throws Exception if disk or broker fail; see {@link WorkFailure}
     */
    boolean prepare(RunFolder folder, BooleanSupplier othersWait) throws Exception {
        if (!folder.isOursToPrepare()) {
            return false;
        }
        Optional<SharedLock> lock = folder.lock();
        if (lock.isEmpty()) {
            reportOtherHolder(folder.run().orElseThrow());
            throw new HeldElsewhereException("another dataset-service has not released it yet");
        }
        heldElsewhereSince.remove(folder.name());
        try (SharedLock held = lock.get(); RunLog log = RunLog.of(folder.name())) {
            if (!folder.isOursToPrepare()) { // the other instance has prepared it
                return false;
            }
            PublishingTurn own = new PublishingTurn(turn, othersWait);
            prepareOrFail(folder, folder.run().orElseThrow(), own);
            return own.wasCutShort() && folder.isOursToPrepare();
        }
    }

    /** Reports once that a run waits longer than another instance usually takes to let go of it. */
    private void reportOtherHolder(Run run) {
        long now = System.nanoTime();
        long since = heldElsewhereSince.computeIfAbsent(run.run(), unheld -> now);
        if (since != TOLD && now - since > UNUSUAL) {
            progress.publish(run, Phase.WAITING, "another dataset-service still holds the run, though it no longer owns it; the run goes"
                    + " on when that service releases it or ends");
            heldElsewhereSince.put(run.run(), TOLD);
        }
    }

    /** Binds the run to its datasets; informs its owner once if it has to wait for a dataset. */
    private void bind(RunFolder folder, Run run) throws IOException {
        try {
            binding.finish(folder, run);
            waitingForADataset.remove(run.run());
        } catch (HeldElsewhereException e) {
            if (waitingForADataset.add(run.run())) {
                progress.publish(run, Phase.WAITING, e.getMessage() + "; the run goes on then");
            }
            throw e;
        }
    }

    private void prepareOrFail(RunFolder folder, Run run, PublishingTurn turn) throws Exception {
        try {
            bind(folder, run);
            prepare(folder, run, turn);
        } catch (HeldElsewhereException e) {
            throw e;
        } catch (OutOfMemoryError | StackOverflowError e) {
            LOG.error("cannot be prepared", e);
            fail(folder, run, "the data could not be prepared: dataset-service's memory does not suffice for it (" + e + ")");
        } catch (Exception e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e; // during a shutdown anything may fail, which is not the run's fault
            }
            boolean explained = e instanceof PreparationException || e instanceof ModelException || e instanceof DamagedFileException;
            if (explained) {
                LOG.errorf("cannot be prepared: %s", e.getMessage());
                fail(folder, run, e.getMessage());
            } else {
                judge(folder, run, e);
            }
        }
    }

    /** Rethrows transient failures, so that they are retried, and fails the run for a permanent one. */
    private void judge(RunFolder folder, Run run, Exception e) throws Exception {
        switch (WorkFailure.of(e)) {
            case DISK -> {
                waitingForTheDisk.add(run.run());
                progress.publishDiskFailure(run, e);
                throw e;
            }
            case BROKER -> throw e;
            case FENCED -> {
                if (folder.isOurs()) { // after SIGSTOP or a suspension of the machine
                    throw new KafkaException("this process was suspended for longer than the transaction timeout");
                }
                LOG.warn("another dataset-service prepares the run; this one leaves it alone");
            }
            case TOO_LARGE -> fail(folder, run, ("a batch of %d examples is larger than a record may be"
                            + " (apprentice.kafka.max-record-bytes); choose a smaller training.batchSize or data.maxLength")
                    .formatted(run.specification().training().batchSize()));
            case LASTING -> {
                LOG.error("cannot be prepared", e);
                fail(folder, run, "the data could not be prepared: " + e);
            }
        }
    }

    private void prepare(RunFolder folder, Run run, PublishingTurn turn) throws IOException {
        if (folder.exams().finishedAt().isPresent()) {
            folder.end(new PreparationOutcome(run.requestedAt(), Optional.empty())); // its last checkpoint is there already
            return;
        }
        Optional<Instant> deleted = folder.batchesDeletedAt();
        if (deleted.isPresent()) {
            throw new PreparationException(("the batches of run '%s' were deleted at %s, because it had been cancelled for"
                            + " longer than apprentice.dataset.keep-batches.cancelled; start a run of another name")
                    .formatted(run.run(), deleted.get()));
        }
        if (folder.crashes().count() >= CRASHES) {
            throw new PreparationException(("dataset-service ended %d times while it prepared run '%s', so it is not tried again;"
                            + " check its log, the run's model folder and its data before you start it again")
                    .formatted(folder.crashes().count(), run.run()));
        }
        if (folder.isStream()) {
            streams.publish(folder, run, waitingForTheDisk.remove(run.run()), (phase, message) -> progress.publish(run, phase, message));
            return;
        }
        new RunParts(run.specification().data(), folder).datasets().forEach((file, dataset) -> {
            if (!Files.exists(file)) {
                throw new PreparationException(("dataset '%s' is unknown to dataset-service; upload it with"
                                + " POST /datasets/%<s and start the run again")
                        .formatted(dataset));
            }
        });
        progress.publish(run, Phase.PREPARING, "turning examples into tokens");
        try (PreparedData data = plan(folder, run)) {
            String ignored = folder.examples().ignoredFields().inWords();
            String summary = data.summary() + (ignored.isEmpty() ? "" : "; " + ignored);
            LOG.info(summary);
            progress.publish(run, Phase.PREPARING, data.firstInWords());
            exams.hold(folder);
            if (folder.isOursToPrepare()) {
                publish(folder, run, data, summary, turn);
            }
        }
    }

    private PreparedData plan(RunFolder folder, Run run) throws IOException {
        RunFiles files = new RunParts(run.specification().data(), folder).files();
        PreparedData data = folder.crashes().risk(() -> planner.plan(run, files, folder.exam(), new DownloadMessages(message ->
                progress.publish(run, Phase.PREPARING, message))));
        folder.crashes().forget();
        return data;
    }

    private void publish(RunFolder folder, Run run, PreparedData data, String summary, PublishingTurn turn) throws IOException {
        int total = data.curriculum().size();
        BooleanSupplier goesOn = () -> folder.isOursToPrepare() && !turn.isOver();
        boolean complete = publisher.publish(run.run(), data.curriculum(), goesOn, done -> {
            turn.came(done);
            progress.publishBatches(run, done, total, summary);
        });
        if (complete) {
            progress.publishPrepared(run, total, folder, data.repeats(), summary);
            folder.end(new PreparationOutcome(run.requestedAt(), Optional.empty()));
            LOG.info("all " + total + " batches are published");
        } else {
            LOG.info(!folder.isOurs() ? "another dataset-service continues it"
                    : folder.isUnprepared() ? "waits for its next turn" : "cancelled, or failed at its trainer");
        }
    }

    private void fail(RunFolder folder, Run run, String reason) throws IOException {
        progress.publish(run, Phase.FAILED, reason);
        folder.end(new PreparationOutcome(run.requestedAt(), Optional.of(reason)));
    }
}
