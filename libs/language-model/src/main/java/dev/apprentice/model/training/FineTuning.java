package dev.apprentice.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.network.TrainableNetwork;
import dev.apprentice.model.ranks.Ranks;
import dev.apprentice.model.torchscript.OutOfMemory;
import dev.apprentice.model.training.batch.PackedBatch;
import dev.apprentice.model.training.batch.RowShares;
import dev.apprentice.model.training.batch.TokenBudget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Fine-tunes a model, with an optimizer of its own. Not thread-safe, but several models may be tuned at once. */
public final class FineTuning implements AutoCloseable {

    private static final double NANOSECONDS = 1e9;
    private static final String SMALLER_MODEL = "train with LoRA, or choose a smaller model";
    private static final String SMALLER_PASSES = "set a smaller tokensPerBatch (this does not change what a step learns), turn on"
            + " activationCheckpointing, or train with LoRA";

    private final TrainableNetwork network;
    private final FineTuningSettings settings;
    private final Ranks ranks;
    private final Learner learner;
    private final MatrixWork work;

    /** Tunes in this process alone. */
    public FineTuning(LanguageModel model, FineTuningSettings settings) {
        this(model, settings, Ranks.ALONE);
    }

    /**
     * Prepares tuning by several ranks. With LoRA, an adapter that the model has already is trained on if it fits the settings.
     * Otherwise the model gets a new one.
     *
     * @param settings their precision also applies to the model's loss and generation from now on
     * @param ranks the ranks that tune the model with these settings; all begin with equal weights and state
     * @throws ModelException if LoRA's targets are not in the model, or the model has an adapter that does not fit the settings
     */
    public FineTuning(LanguageModel model, FineTuningSettings settings, Ranks ranks) {
        this.network = model.network().trainable();
        this.settings = settings;
        this.ranks = ranks;
        learner = OutOfMemory.named(() -> "the model with its gradients and the optimizer's state", SMALLER_MODEL, () -> {
            settings.lora().ifPresentOrElse(model::adapt, model::requireUnadapted);
            network.computeIn(settings.precision());
            network.smoothLabels(settings.labelSmoothing());
            return network.isForGraphicsCards()
                    ? new CardLearner(network, settings, ranks)
                    : new ProcessorLearner(network, settings, ranks);
        });
        work = MatrixWork.of(network.architecture(), settings.lora().isPresent());
    }

    /**
     * Checks that all ranks begin with equal weights; otherwise the sum of their gradients would mean nothing. Every rank calls it
     * before the first step.
     *
     * @throws dev.apprentice.model.ranks.RankFailedException naming a rank whose weights differ from those of rank 0
     */
    public void requireAlike() {
        if (ranks.size() == 1) {
            return;
        }
        byte[] own = fingerprint();
        byte[] first = ranks.broadcast(own, 0);
        ranks.together(() -> {
            if (!Arrays.equals(own, first)) {
                throw new ModelException("its model's weights differ from rank 0's; use equal model files on all machines (for a"
                        + " model on the hub, name the revision)");
            }
            return own;
        });
    }

    private byte[] fingerprint() {
        List<NDArray> all = new ArrayList<>(network.weights());
        network.adapter().ifPresent(adapter -> all.addAll(adapter.tensors()));
        try (NDManager temporary = network.newManager()) {
            return Arrays.toString(network.method("fingerprint").with(all).run(temporary).get(0).toLongArray())
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    /**
     * Does one optimizer step. The batches' gradients are accumulated as if they were one large batch: summed over all targets,
     * then divided by the number of targets. Every rank is given all batches and computes its share of the rows. If the settings
     * limit the tokens of a pass, the rows are regrouped first.
     *
     * @throws ModelException if a token is not in the vocabulary, or a row is longer than the context
     * @throws dev.apprentice.model.DeviceMemoryException if memory is too small; nothing is learned then
     * @throws IllegalArgumentException if the batches have no target at all
     * @throws dev.apprentice.model.ranks.RankFailedException if another rank could not do its share; nothing is learned then
     */
    public StepMetrics step(List<TokenBatch> batches, double learningRate) {
        long targets = targets(batches);
        List<PackedBatch> packed = ranks.together(() -> packed(batches, targets));
        long began = System.nanoTime();
        try (Learner.Step step = learner.begin()) {
            ranks.together(() -> inMemory(packed, () -> step.forwardAndBackward(packed, targets)));
            step.allReduce();
            Learner.Learned learned = inMemory(packed, () -> step.clipAndUpdate(learningRate));
            return new StepMetrics(
                    learned.lossSum() / targets,
                    learned.gradientNorm(),
                    batches.stream().filter(batch -> batch.targets() > 0).mapToLong(TokenBatch::inputs).sum(),
                    learned.rightGuesses() / targets,
                    (System.nanoTime() - began) / NANOSECONDS,
                    packed.stream().mapToDouble(work::of).sum());
        }
    }

    private static <T> T inMemory(List<PackedBatch> batches, Supplier<T> part) {
        return OutOfMemory.named(
                () -> "a step with batches of up to " + batches.stream().mapToInt(PackedBatch::inputs).max().orElse(0) + " tokens",
                SMALLER_PASSES,
                part);
    }

    private static long targets(List<TokenBatch> batches) {
        return batches.stream().mapToLong(TokenBatch::targets).sum();
    }

    private List<PackedBatch> packed(List<TokenBatch> batches, long targets) {
        if (targets == 0) {
            throw new IllegalArgumentException("the step's batches have no targets, so there is nothing to learn from");
        }
        return passes(batches).stream()
                .map(batch -> new PackedBatch(batch, network.architecture().configuration(), !hasDropout()))
                .filter(batch -> batch.targets() > 0)
                .toList();
    }

    /** Returns this rank's share of the batches, as the passes to compute one after the other. */
    private List<TokenBatch> passes(List<TokenBatch> batches) {
        List<TokenBatch> share = RowShares.of(batches, ranks.rank(), ranks.size());
        OptionalInt tokens = settings.tokensPerBatch();
        return tokens.isPresent() ? new TokenBudget(tokens.getAsInt()).passes(share) : share;
    }

    /**
     * Returns the loss over all these batches, without learning from them. Each rank computes its share.
     *
     * @param before runs before each pass; an exception from it ends the computation on all ranks
     * @throws ModelException if a token is not in the vocabulary, or a row is longer than the context
     */
    public LossSum loss(List<TokenBatch> batches, Runnable before) {
        Loss loss = new Loss(network);
        LossSum own = ranks.together(() -> passes(batches).stream()
                .map(batch -> {
                    before.run();
                    return loss.of(batch);
                })
                .reduce(LossSum.ZERO, LossSum::plus));
        return new LossSum(ranks.sum(own.sum())[0], targets(batches));
    }

    private boolean hasDropout() {
        return settings.lora().filter(lora -> lora.dropout() > 0).isPresent();
    }

    /** Writes the first and second moments and the step count as safetensors. Dropout needs no state but the step count. */
    public void saveState(Path file) {
        state().write(file);
    }

    /** Returns what {@link #saveState} writes. */
    public UnsavedTensors state() {
        return learner.state();
    }

    /**
     * Resumes from a saved state.
     *
     * @throws ModelException if the state belongs to a model of another shape
     */
    public void loadState(Path file) {
        learner.load(file);
    }

    /** Frees what only training needs; the model stays open. */
    @Override
    public void close() {
        learner.close();
    }
}
