package dev.apprentice.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.network.TrainableNetwork;
import dev.apprentice.model.torchscript.TorchScript;
import dev.apprentice.model.training.batch.PackedBatch;
import java.util.List;

/** The gradients of one step, summed over its batches. */
final class Gradients {

    private final TrainableNetwork network;
    private final NDManager step;
    private final String method;
    private final boolean recompute;
    private final Dropout dropout;
    private final boolean rounded;
    private final double scale;
    private final HeadGradient headGradient;
    private int batches;
    private List<NDArray> sum = List.of();
    private double lossSum;
    private double rightGuesses;

    /**
     * @param recompute whether to keep only each block's input in the forward pass and compute the rest again
     * @param rounded whether to {@linkplain PackedBatch#rounded round up} the numbers of tokens
     * @param targets the number of targets of the whole step, by which the sum is divided
     */
    Gradients(
            TrainableNetwork network,
            NDManager step,
            boolean recompute,
            Dropout dropout,
            boolean rounded,
            long targets,
            HeadGradient headGradient) {
        this.network = network;
        this.step = step;
        this.method = network.adapter().isPresent() ? "adapter_gradients" : "gradients";
        this.recompute = recompute;
        this.dropout = dropout;
        this.rounded = rounded;
        this.scale = 1.0 / targets;
        this.headGradient = headGradient;
    }

    void add(PackedBatch batch) {
        try (NDManager manager = step.newSubManager()) {
            TorchScript.Call call = batch.passTo(
                            network.method(method).with(network.operands()), manager, dropout.seedOf(batches), rounded)
                    .with(scale)
                    .with(recompute);
            headGradient.ofBatch(batches, manager).ifPresent(call::with);
            NDList results = call.runWithGradients(manager);
            batches++;
            double[] figures = results.get(0).toDoubleArray();
            lossSum += figures[0];
            rightGuesses += figures[1];
            List<NDArray> gradients = results.subList(1, results.size());
            List<NDArray> former = sum;
            sum = former.isEmpty()
                    ? List.copyOf(gradients)
                    : List.copyOf(network.method("accumulate").with(former).with(gradients).run(manager));
            sum.forEach(tensor -> tensor.attach(step));
            former.forEach(NDArray::close);
        }
    }

    /** Returns the gradients of the mean loss, in the order of the parameters. Empty if there was no batch. */
    List<NDArray> tensors() {
        return sum;
    }

    double lossSum() {
        return lossSum;
    }

    double rightGuesses() {
        return rightGuesses;
    }
}
