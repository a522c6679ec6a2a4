package dev.apprentice.model.training;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.TokenBatch;
import java.nio.file.Path;
import java.util.List;

/** A model and its optimizer. One step at a time in a JVM: PyTorch's gradient recording is per process here. */
public final class FineTuning implements AutoCloseable {

    public FineTuning(LanguageModel model, AdamWSettings settings) {
        throw new UnsupportedOperationException();
    }

    /** One optimizer step; the batches' gradients are accumulated as if they were one large batch. */
    public StepMetrics step(List<TokenBatch> batches, double learningRate) {
        throw new UnsupportedOperationException();
    }

    /** Writes first and second moments and the step count, as safetensors. */
    public void saveState(Path file) {
        throw new UnsupportedOperationException();
    }

    public void loadState(Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
