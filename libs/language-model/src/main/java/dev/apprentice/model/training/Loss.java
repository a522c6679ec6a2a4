package dev.apprentice.model.training;

import ai.djl.ndarray.NDManager;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.network.Network;
import dev.apprentice.model.torchscript.OutOfMemory;
import dev.apprentice.model.training.batch.PackedBatch;

/** Computes the cross-entropy of the next token, without learning from it. */
public final class Loss {

    private final Network network;

    public Loss(Network network) {
        this.network = network;
    }

    /**
     * Returns the loss on a batch; zero, over zero targets, if the batch has none.
     *
     * @throws dev.apprentice.model.ModelException if a token is not in the vocabulary, or a row is longer than the context
     */
    public LossSum of(TokenBatch batch) {
        PackedBatch packed = new PackedBatch(batch, network.architecture().configuration());
        if (packed.targets() == 0) {
            return LossSum.ZERO;
        }
        double[] figures = OutOfMemory.named(
                () -> "an evaluation of " + packed.inputs() + " tokens at once",
                "set a smaller tokensPerBatch",
                () -> figures(packed));
        return new LossSum(figures[0], packed.targets());
    }

    private double[] figures(PackedBatch packed) {
        try (NDManager manager = network.newManager()) {
            return packed.passTo(network.method("loss").with(network.operands()), manager).run(manager).get(0).toDoubleArray();
        }
    }
}
