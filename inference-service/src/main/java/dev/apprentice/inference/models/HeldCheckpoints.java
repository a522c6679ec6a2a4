package dev.apprentice.inference.models;

import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.model.Device;
import dev.apprentice.model.card.CudaRuntime;
import dev.apprentice.model.card.GraphicsCards;
import dev.apprentice.model.generation.TextListener;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.service.metrics.CardMetrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Answers with any checkpoint. The most recently used are in memory; others are verified and loaded first. */
@Startup
@ApplicationScoped
public class HeldCheckpoints {

    private static final Logger LOG = Logger.getLogger(HeldCheckpoints.class);

    private final LendingCache<CheckpointFolder, HeldCheckpoint> held;
    private final CheckpointCopies copies;
    private final ModelThread modelThread;
    private final QuestionLimit questions;
    private final GenerationMetrics metrics;

    HeldCheckpoints(
            InferenceSettings settings,
            CheckpointCopies copies,
            WeightsVerification weights,
            ModelThread modelThread,
            QuestionLimit questions,
            GenerationMetrics metrics,
            MeterRegistry registry) {
        Device device = Device.present("apprentice.inference.device", settings.device(), PyTorch::gpus);
        this.held = new LendingCache<>(
                settings.modelsHeld(), new CheckpointLoader(copies, weights, device, settings.precision())::load);
        this.copies = copies;
        this.modelThread = modelThread;
        this.questions = questions;
        this.metrics = metrics;
        Gauge.builder("apprentice.inference.checkpoints.loaded", held, LendingCache::size)
                .description("Checkpoints in memory")
                .register(registry);
        if (device.kind() == Device.Kind.GPU) {
            Optional<GraphicsCards> found = GraphicsCards.find();
            LOG.info(GraphicsCards.found(
                    found, PyTorch.gpus(), PyTorch.version(), GraphicsCards.flavor(), CudaRuntime.version(GraphicsCards.flavor())));
            found.ifPresent(cards -> CardMetrics.register(registry, cards.count(), cards::memoryUsed, cards::memory, cards::busy));
        }
    }

    /** Returns the number of checkpoints in memory. */
    public int size() {
        return held.size();
    }

    /** Tells whether the checkpoint's files are on a disk of this machine, or one that is mounted here. */
    public boolean isHere(CheckpointFolder checkpoint) {
        return copies.isHere(checkpoint);
    }

    /** Fetches the files of a checkpoint from an object store. Fails with {@link CheckpointUnavailableException}. */
    public CompletableFuture<Void> fetch(CheckpointFolder checkpoint) {
        return copies.fetch(checkpoint);
    }

    /**
     * Loads a checkpoint into memory unless it is already there.
     *
     * @throws CheckpointUnavailableException if it cannot be read or does not have its announced digest
     */
    public void load(CheckpointFolder checkpoint) throws InterruptedException {
        borrow(checkpoint).close();
    }

    /**
     * Answers some of an exam's prompts together; see {@link HeldCheckpoint#answer}.
     *
     * @throws CheckpointUnavailableException if the checkpoint cannot be read or does not have its announced digest
     */
    public List<GeneratedAnswer> answerExam(CheckpointFolder checkpoint, List<Question> prompts, int maxNewTokens)
            throws InterruptedException {
        return answer(checkpoint, model -> modelThread.examBatch(() -> {
            List<GeneratedAnswer> answers = model.answer(prompts, maxNewTokens);
            metrics.recordExam(answers);
            return answers;
        }));
    }

    /**
     * Returns how likely the checkpoint finds an exam's reference answers; see {@link HeldCheckpoint#likelihoods}.
     *
     * @throws CheckpointUnavailableException if the checkpoint cannot be read or does not have its announced digest
     */
    public List<Optional<Likelihood>> likelihoods(
            CheckpointFolder checkpoint, List<Question> prompts, List<String> references) throws InterruptedException {
        return answer(checkpoint, model -> modelThread.examBatch(() -> model.likelihoods(prompts, references)));
    }

    /**
     * Begins to answer a user's question. Waits until the checkpoint is loaded, but not for the answer.
     *
     * @param prompt makes the question for the checkpoint, on the model's thread
     * @param listener receives the answer piece by piece on the model's thread, and can end it
     * @return the answer; fails with {@link PromptTooLongException} if the question leaves no room for one
     * @throws CheckpointUnavailableException if the checkpoint cannot be read or does not have its announced digest
     * @throws TooManyQuestionsException if the maximum number of questions is open
     */
    public CompletableFuture<GeneratedAnswer> beginAnswer(
            CheckpointFolder checkpoint,
            Function<HeldCheckpoint, Question> prompt,
            QuestionSettings settings,
            TextListener listener)
            throws InterruptedException {
        questions.enter();
        CompletableFuture<GeneratedAnswer> answer;
        try {
            answer = lend(checkpoint, model -> modelThread.question(() -> {
                GeneratedAnswer given = model.answer(prompt.apply(model), settings, listener);
                PromptTooLongException.throwIfSo(given, model.contextLength());
                metrics.recordQuestion(given);
                return given;
            }));
        } catch (RuntimeException | Error | InterruptedException e) {
            questions.leave();
            throw e;
        }
        answer.whenComplete((done, failure) -> questions.leave());
        return answer;
    }

    @PreDestroy
    void close() {
        held.close();
    }

    private <T> T answer(CheckpointFolder checkpoint, Function<HeldCheckpoint, CompletableFuture<T>> submit)
            throws InterruptedException {
        try {
            return lend(checkpoint, submit).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        }
    }

    /**
     * Submits work on a borrowed checkpoint. The loan ends when the model thread is done, even if the caller no longer waits for
     * the answer.
     */
    private <T> CompletableFuture<T> lend(
            CheckpointFolder checkpoint, Function<HeldCheckpoint, CompletableFuture<T>> submit) throws InterruptedException {
        LendingCache.Loan<HeldCheckpoint> loan = borrow(checkpoint);
        CompletableFuture<T> answer;
        try {
            answer = submit.apply(loan.value());
        } catch (RuntimeException e) {
            loan.close();
            throw e;
        }
        answer.whenComplete((done, failure) -> loan.close());
        return answer;
    }

    /** Borrows a checkpoint. It is fetched first, because it would otherwise take up room in memory during the download. */
    private LendingCache.Loan<HeldCheckpoint> borrow(CheckpointFolder checkpoint) throws InterruptedException {
        copies.open(checkpoint).close();
        return held.borrow(checkpoint);
    }
}
