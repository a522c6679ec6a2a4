package dev.apprentice.inference.model;

import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.model.Device;
import dev.apprentice.model.Precision;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.torchscript.PyTorch;
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

/** Answers with any checkpoint: those used last are in memory, others are verified and loaded first. */
@Startup
@ApplicationScoped
public class HeldCheckpoints {

    private static final Logger LOG = Logger.getLogger(HeldCheckpoints.class);

    private final LendingCache<CheckpointFolder, HeldCheckpoint> held;
    private final Device device;
    private final Precision precision;
    private final WeightsVerification weights;
    private final ModelThread modelThread;
    private final GenerationMetrics metrics;

    HeldCheckpoints(
            InferenceSettings settings,
            WeightsVerification weights,
            ModelThread modelThread,
            GenerationMetrics metrics,
            MeterRegistry registry) {
        this.held = new LendingCache<>(settings.modelsHeld(), this::verifyAndLoad);
        this.device = Device.present("apprentice.inference.device", settings.device(), PyTorch::gpus);
        this.precision = settings.precision();
        this.weights = weights;
        this.modelThread = modelThread;
        this.metrics = metrics;
        Gauge.builder("apprentice.models.loaded", held, LendingCache::size)
                .description("Checkpoints in memory")
                .register(registry);
    }

    /** How many are in memory. */
    public int size() {
        return held.size();
    }

    /**
     * Brings a checkpoint into memory unless it is there.
     *
     * @throws CheckpointUnavailableException if it cannot be read or is not what was announced
     */
    public void load(CheckpointFolder checkpoint) throws InterruptedException {
        held.borrow(checkpoint).close();
    }

    /**
     * Answers some of an exam's prompts together; see {@link HeldCheckpoint#answer}.
     *
     * @throws CheckpointUnavailableException if the checkpoint cannot be read or is not what was announced
     */
    public List<Answer> answerExam(CheckpointFolder checkpoint, List<String> prompts, int maxNewTokens)
            throws InterruptedException {
        return answer(checkpoint, model -> modelThread.examBatch(() -> {
            List<Answer> answers = model.answer(prompts, maxNewTokens);
            metrics.recordExam(answers);
            return answers;
        }));
    }

    /**
     * How likely the checkpoint finds an exam's reference answers; see {@link HeldCheckpoint#likelihoods}.
     *
     * @throws CheckpointUnavailableException if the checkpoint cannot be read or is not what was announced
     */
    public List<Optional<Likelihood>> likelihoods(
            CheckpointFolder checkpoint, List<String> prompts, List<String> references) throws InterruptedException {
        return answer(checkpoint, model -> modelThread.examBatch(() -> model.likelihoods(prompts, references)));
    }

    /**
     * Answers one question of a person.
     *
     * @throws CheckpointUnavailableException if the checkpoint cannot be read or is not what was announced
     * @throws PromptTooLongException if the question leaves no room for an answer
     * @throws TooManyQuestionsException if as many as may wait are waiting already
     */
    public Answer answerQuestion(CheckpointFolder checkpoint, String prompt, int maxNewTokens)
            throws InterruptedException {
        return answer(checkpoint, model -> modelThread.question(() -> {
            Answer answer = model.answer(List.of(prompt), maxNewTokens).get(0);
            PromptTooLongException.throwIfSo(answer, model.contextLength());
            metrics.recordQuestion(answer);
            return answer;
        }));
    }

    @PreDestroy
    void close() {
        held.close();
    }

    /** The loan ends when the model thread is done with it, even if whoever waits for the answer gives up. */
    private <T> T answer(CheckpointFolder checkpoint, Function<HeldCheckpoint, CompletableFuture<T>> submit)
            throws InterruptedException {
        LendingCache.Loan<HeldCheckpoint> loan = held.borrow(checkpoint);
        CompletableFuture<T> answer;
        try {
            answer = submit.apply(loan.value());
        } catch (RuntimeException e) {
            loan.close();
            throw e;
        }
        answer.whenComplete((done, failure) -> loan.close());
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        }
    }

    private HeldCheckpoint verifyAndLoad(CheckpointFolder checkpoint) {
        long start = System.nanoTime();
        weights.verify(checkpoint);
        try {
            HeldCheckpoint loaded = HeldCheckpoint.load(ModelFolder.open(checkpoint.path()), device, precision);
            LOG.infof("loaded %s in %.1f s", checkpoint.uri(), (System.nanoTime() - start) / 1e9);
            return loaded;
        } catch (RuntimeException e) { // mostly a ModelException; whatever it is, no question is to blame for it
            throw new CheckpointUnavailableException(e.getMessage(), e);
        }
    }
}
