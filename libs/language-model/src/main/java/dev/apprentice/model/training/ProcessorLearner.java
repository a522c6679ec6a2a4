package dev.apprentice.model.training;

import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Precision;
import dev.apprentice.model.family.Network;
import dev.apprentice.model.lora.LoraSettings;
import java.nio.file.Path;
import java.util.List;

/** For a processor: one gradient a weight, each used while it is in the cache. */
final class ProcessorLearner implements Learner {

    private final Network network;
    private final FineTuningSettings settings;
    private final AdamW optimizer;
    private final HeadGradient headGradient;

    ProcessorLearner(Network network, FineTuningSettings settings) {
        this.network = network;
        this.settings = settings;
        optimizer = new AdamW(network, settings.optimizer());
        headGradient = new HeadGradient(network);
    }

    @Override
    public Learned learn(List<PackedBatch> batches, long targets, double learningRate) {
        try (NDManager step = network.newManager()) {
            boolean rounded = settings.precision() == Precision.BFLOAT16;
            Dropout dropout = new Dropout(settings.lora().map(LoraSettings::seed).orElse(0L), steps());
            Gradients gradients =
                    new Gradients(network, step, settings.activationCheckpointing(), dropout, rounded, targets, headGradient);
            batches.forEach(gradients::add);
            double norm = optimizer.step(gradients.tensors(), learningRate, step);
            return new Learned(gradients.lossSum(), gradients.rightGuesses(), norm);
        }
    }

    @Override
    public long steps() {
        return optimizer.moments().steps();
    }

    @Override
    public void save(Path file) {
        optimizer.moments().save(file);
    }

    @Override
    public void load(Path file) {
        optimizer.moments().load(file);
    }

    @Override
    public void close() {
        optimizer.close();
        headGradient.close();
    }
}
