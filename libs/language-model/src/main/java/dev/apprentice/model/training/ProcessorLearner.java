package dev.apprentice.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Precision;
import dev.apprentice.model.family.Network;
import dev.apprentice.model.lora.LoraSettings;
import dev.apprentice.model.ranks.Ranks;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** For a processor: one gradient a weight, each used while it is in the cache. */
final class ProcessorLearner implements Learner {

    private final Network network;
    private final FineTuningSettings settings;
    private final AdamW optimizer;
    private final HeadGradient headGradient;
    private final Ranks ranks;
    private final Optional<FlatGradients> flat;

    ProcessorLearner(Network network, FineTuningSettings settings, Ranks ranks) {
        this.network = network;
        this.settings = settings;
        optimizer = new AdamW(network, settings.optimizer());
        headGradient = new HeadGradient(network);
        this.ranks = ranks;
        flat = ranks.size() > 1 ? Optional.of(new FlatGradients(network)) : Optional.empty();
    }

    @Override
    public Learned learn(List<PackedBatch> batches, long targets, double learningRate) {
        try (NDManager step = network.newManager()) {
            Gradients gradients = ranks.together(() -> gradients(batches, targets, step));
            double[] figures = ranks.sum(gradients.lossSum(), gradients.rightGuesses());
            double norm = optimizer.step(summed(gradients), learningRate, step);
            return new Learned(figures[0], figures[1], norm);
        }
    }

    private Gradients gradients(List<PackedBatch> batches, long targets, NDManager step) {
        boolean rounded = settings.precision() == Precision.BFLOAT16;
        long seed = settings.lora().map(LoraSettings::seed).orElse(0L);
        Dropout dropout = new Dropout(seed, steps(), ranks.rank(), ranks.size());
        Gradients gradients =
                new Gradients(network, step, settings.activationCheckpointing(), dropout, rounded, targets, headGradient);
        batches.forEach(gradients::add);
        flat.ifPresent(there -> there.set(gradients.tensors(), step));
        return gradients;
    }

    private List<NDArray> summed(Gradients gradients) {
        flat.ifPresent(there -> ranks.sum(there.inOne()));
        return flat.map(FlatGradients::tensors).orElseGet(gradients::tensors);
    }

    @Override
    public long steps() {
        return optimizer.moments().steps();
    }

    @Override
    public UnsavedTensors state() {
        return optimizer.moments().unsaved();
    }

    @Override
    public void load(Path file) {
        optimizer.moments().load(file);
    }

    @Override
    public void close() {
        optimizer.close();
        headGradient.close();
        flat.ifPresent(FlatGradients::close);
    }
}
