package dev.apprentice.inference.answering;

import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.inference.models.CheckpointFolder;
import dev.apprentice.inference.models.CheckpointUnavailableException;
import dev.apprentice.inference.models.HeldCheckpoints;
import dev.apprentice.service.log.RunLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Answers each prompt or gives it up, batch by batch, on its own thread.
 *
 * <p>Batches whose checkpoint cannot be read wait aside. The checkpoint is tried again later, between other batches; after the
 * last attempt its prompts are given up, unless only its object store is away. A batch that fails for another reason has a prompt
 * that the model cannot answer, or too many prompts for memory. Its prompts are answered one by one, or in halves, and only those
 * that fail alone are given up.
 */
@ApplicationScoped
class Exam {

    private static final Logger LOG = Logger.getLogger(Exam.class);

    private final InferenceSettings settings;
    private final HeldCheckpoints checkpoints;
    private final AbsentCheckpoints absent;
    private final Examinee examinee;
    private final ExamPublisher publisher;
    private final Counter retries;
    private final Counter givenUp;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "exam"));

    Exam(
            InferenceSettings settings,
            HeldCheckpoints checkpoints,
            AbsentCheckpoints absent,
            Examinee examinee,
            ExamPublisher publisher,
            MeterRegistry metrics) {
        this.settings = settings;
        this.checkpoints = checkpoints;
        this.absent = absent;
        this.examinee = examinee;
        this.publisher = publisher;
        this.retries = Counter.builder("apprentice.inference.exam.retries")
                .description("Retries of checkpoints that could not be read")
                .register(metrics);
        this.givenUp = Counter.builder("apprentice.inference.prompts.given.up")
                .description("Prompts that went to the dead letters because they cannot be answered")
                .register(metrics);
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /**
     * Takes the prompts of a poll.
     *
     * @return completes when each prompt is answered, given up, or waiting for its checkpoint. It never completes if the service
     *     stops
     */
    CompletionStage<Void> take(List<ReceivedPrompt> prompts, List<UnusablePrompt> unusable) {
        CompletableFuture<Void> tried = new CompletableFuture<>();
        for (UnusablePrompt record : unusable) {
            soon(() -> {
                publisher.deadLetter(record.record(), record.why());
                record.poll().settled();
            });
        }
        PromptBatch.of(prompts, settings.batchSize()).forEach(batch -> soon(() -> answer(batch)));
        soon(() -> tried.complete(null));
        return tried;
    }

    /** Stops the thread before the channels are closed. Otherwise offsets of a stopping exam might be committed. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        thread.shutdownNow();
    }

    private void soon(Work work) {
        after(Duration.ZERO, work);
    }

    private void after(Duration wait, Work work) {
        try {
            thread.schedule(() -> carryOut(work), wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the service stops; the next owner of the partition answers the open prompts");
        }
    }

    private static void carryOut(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.info("the service stops; the next owner of the partition answers the open prompts");
        } catch (RuntimeException | Error e) {
            LOG.error("some prompts stay open until the service is started again", e);
        }
    }

    private void answer(PromptBatch batch) throws InterruptedException {
        if (absent.join(batch)) {
            makeRoom();
            return;
        }
        if (!isHere(batch.checkpoint())) {
            absent.expect(batch);
            makeRoom();
            fetch(batch.checkpoint());
            return;
        }
        try (RunLog log = RunLog.of(batch.run(), batch.step()).in(batch.trace())) {
            List<AnsweredPrompt> answers = examinee.answer(batch);
            publisher.publish(answers);
            LOG.infof("answered %d prompts with %s", answers.size(), batch.checkpoint().uri());
        } catch (CheckpointUnavailableException e) {
            absent.miss(batch, e);
            putOff(batch.checkpoint(), 1, e);
            makeRoom();
        } catch (RuntimeException e) {
            singleOut(batch, e);
        }
    }

    /**
     * Tells whether the checkpoint's files are on this machine. If that cannot be found out, it returns true, and opening the
     * checkpoint then fails.
     */
    private boolean isHere(CheckpointFolder checkpoint) {
        try {
            return checkpoints.isHere(checkpoint);
        } catch (CheckpointUnavailableException e) {
            return true;
        }
    }

    /** Fetches a checkpoint on another thread, so a slow object store delays no other exam. */
    private void fetch(CheckpointFolder checkpoint) {
        checkpoints.fetch(checkpoint).whenComplete((done, failure) -> soon(() -> {
            if (failure == null) {
                tryAgain(checkpoint);
            } else {
                missed(checkpoint, failure.getCause() instanceof CheckpointUnavailableException why
                        ? why
                        : new CheckpointUnavailableException(checkpoint.uri() + " cannot be fetched: " + failure.getCause(), failure));
            }
        }));
    }

    private void putOff(CheckpointFolder checkpoint, int attempts, CheckpointUnavailableException why) {
        Duration wait = settings.retry().waitAfter(attempts);
        String until = why.isStorageAway() ? "until its storage is back" : "for attempt %d of %d".formatted(attempts + 1, settings.retry().attempts());
        LOG.warnf("the exam of %s waits %.1f s, %s: %s", checkpoint.uri(), wait.toMillis() / 1e3, until, why.getMessage());
        retries.increment();
        after(wait, () -> tryAgain(checkpoint));
    }

    private void tryAgain(CheckpointFolder checkpoint) throws InterruptedException {
        if (!isHere(checkpoint)) {
            fetch(checkpoint);
            return;
        }
        try {
            checkpoints.load(checkpoint);
            absent.remove(checkpoint).ifPresent(back -> back.batches().forEach(batch -> soon(() -> answer(batch))));
        } catch (CheckpointUnavailableException e) {
            missed(checkpoint, e);
        }
    }

    private void missed(CheckpointFolder checkpoint, CheckpointUnavailableException why) throws InterruptedException {
        Optional<AbsentCheckpoint> known = absent.missAgain(checkpoint, why);
        if (known.isPresent() && known.get().isWaitedFor(settings.retry().attempts())) {
            putOff(checkpoint, known.get().attempts(), why);
        } else if (known.isPresent()) {
            giveUp(checkpoint, why);
        }
    }

    /** Gives up checkpoints if more prompts wait than memory allows: first those found absent first, because they had the most time. */
    private void makeRoom() throws InterruptedException {
        for (AbsentCheckpoint gone : absent.removeBeyondTheLimit()) {
            giveUp(gone, new CheckpointUnavailableException(gone.why().getMessage()
                    + "; more prompts wait than apprentice.inference.retry.waiting-megabytes allows"));
        }
    }

    private void giveUp(CheckpointFolder checkpoint, CheckpointUnavailableException why) throws InterruptedException {
        Optional<AbsentCheckpoint> gone = absent.remove(checkpoint);
        if (gone.isPresent()) {
            giveUp(gone.get(), why);
        }
    }

    private void giveUp(AbsentCheckpoint gone, CheckpointUnavailableException why) throws InterruptedException {
        for (PromptBatch batch : gone.batches()) {
            giveUp(batch, why);
        }
    }

    /**
     * Answers a failed batch in smaller parts. A prompt that fails alone is the cause, or is too long for memory. It would fail
     * again, so it is given up.
     */
    private void singleOut(PromptBatch batch, RuntimeException failure) throws InterruptedException {
        if (batch.prompts().size() == 1) {
            giveUp(batch, failure);
            return;
        }
        List<PromptBatch> parts = batch.apart(failure);
        LOG.warnf(failure, "%d prompts are answered in %d smaller batches after a failure: %s; apprentice.inference.batch-size is %d",
                batch.prompts().size(), parts.size(), failure.getMessage(), settings.batchSize());
        for (PromptBatch part : parts) {
            answer(part);
        }
    }

    private void giveUp(PromptBatch batch, RuntimeException failure) throws InterruptedException {
        try (RunLog log = RunLog.of(batch.run(), batch.step()).in(batch.trace())) {
            LOG.errorf(failure, "gave up on %d prompts: %s", batch.prompts().size(), failure);
            givenUp.increment(batch.prompts().size());
            publisher.giveUp(batch.prompts(), failure);
        }
    }
}
