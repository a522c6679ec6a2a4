package dev.apprentice.model.training;

import ai.djl.ndarray.NDManager;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.Precision;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.family.Network;
import java.nio.file.Path;
import java.util.List;

/** A model and its optimizer. Not safe for use by several threads; several models may be tuned at once. */
public final class FineTuning implements AutoCloseable {

    private final Network network;
    private final AdamW optimizer;

    /** Computes in float32. */
    public FineTuning(LanguageModel model, AdamWSettings settings) {
        this(model, settings, Precision.FLOAT32);
    }

    /**
     * @param precision what matrices are multiplied in, from now on also for the model's loss and generation; weights and
     *     moments stay float32 in any case
     */
    public FineTuning(LanguageModel model, AdamWSettings settings, Precision precision) {
        network = model.network();
        network.computeIn(precision);
        optimizer = new AdamW(network, settings);
    }

    /**
     * One optimizer step; the batches' gradients are accumulated as if they were one large batch: the sum over all
     * targets, divided once by their number.
     *
     * @throws dev.apprentice.model.ModelException if a token is not in the vocabulary, or a row is longer than the context
     * @throws IllegalArgumentException if the batches have no target at all
     */
    public StepMetrics step(List<TokenBatch> batches, double learningRate) {
        List<PackedBatch> packed = batches.stream()
                .map(batch -> new PackedBatch(batch, network.architecture().configuration()))
                .filter(batch -> batch.targets() > 0)
                .toList();
        long targets = packed.stream().mapToLong(PackedBatch::targets).sum();
        if (targets == 0) {
            throw new IllegalArgumentException("the step's batches have no targets, so there is nothing to learn from");
        }
        try (NDManager step = network.newManager()) {
            Gradients gradients = new Gradients(network, step, targets);
            packed.forEach(gradients::add);
            double norm = optimizer.step(gradients.tensors(), learningRate, step);
            return new StepMetrics(
                    gradients.lossSum() / targets,
                    norm,
                    packed.stream().mapToLong(PackedBatch::inputs).sum(),
                    gradients.rightGuesses() / targets);
        }
    }

    /** Writes first and second moments and the step count, as safetensors. */
    public void saveState(Path file) {
        optimizer.save(file);
    }

    /**
     * Goes on from a saved state.
     *
     * @throws dev.apprentice.model.ModelException if the state belongs to a model of another shape
     */
    public void loadState(Path file) {
        optimizer.load(file);
    }

    /** Frees the optimizer's state; the model stays open. */
    @Override
    public void close() {
        optimizer.close();
    }
}
