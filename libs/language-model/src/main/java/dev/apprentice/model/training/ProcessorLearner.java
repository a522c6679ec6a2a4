package dev.apprentice.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Precision;
import dev.apprentice.model.lora.LoraSettings;
import dev.apprentice.model.network.TrainableNetwork;
import dev.apprentice.model.ranks.Ranks;
import dev.apprentice.model.training.batch.PackedBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Trains on a processor. Each weight has a gradient tensor of its own, which is used while it is in the cache. */
final class ProcessorLearner implements Learner {

    private final TrainableNetwork network;
    private final FineTuningSettings settings;
    private final AdamW optimizer;
    private final HeadGradient headGradient;
    private final Ranks ranks;
    private final Optional<FlatGradients> flat;

    ProcessorLearner(TrainableNetwork network, FineTuningSettings settings, Ranks ranks) {
        this.network = network;
        this.settings = settings;
        optimizer = new AdamW(network, settings.optimizer());
        headGradient = new HeadGradient(network);
        this.ranks = ranks;
        flat = ranks.size() > 1 ? Optional.of(new FlatGradients(network)) : Optional.empty();
    }

    @Override
    public Step begin() {
        return new ProcessorStep();
    }

    private final class ProcessorStep implements Step {

        private final NDManager memory = network.newManager();
        private List<NDArray> gradients;
        private double[] figures;

        @Override
        public Step forwardAndBackward(List<PackedBatch> batches, long targets) {
            boolean rounded = settings.precision() == Precision.BFLOAT16;
            long seed = settings.lora().map(LoraSettings::seed).orElse(0L);
            Dropout dropout = new Dropout(seed, steps(), ranks.rank(), ranks.size());
            Gradients sum =
                    new Gradients(network, memory, settings.activationCheckpointing(), dropout, rounded, targets, headGradient);
            batches.forEach(sum::add);
            flat.ifPresent(there -> there.set(sum.tensors(), memory));
            gradients = flat.map(FlatGradients::tensors).orElseGet(sum::tensors);
            figures = new double[] {sum.lossSum(), sum.rightGuesses()};
            return this;
        }

        @Override
        public void allReduce() {
            figures = ranks.sum(figures);
            flat.ifPresent(there -> ranks.sum(there.inOne()));
        }

        @Override
        public Learned clipAndUpdate(double learningRate) {
            double norm = optimizer.step(gradients, learningRate, memory);
            return new Learned(figures[0], figures[1], norm);
        }

        @Override
        public void close() {
            memory.close();
        }
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
