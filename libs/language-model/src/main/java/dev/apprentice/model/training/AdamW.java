package dev.apprentice.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.network.Parameters;
import dev.apprentice.model.network.TrainableNetwork;
import dev.apprentice.model.torchscript.SingleThreads;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** AdamW on a processor: the moments, and a fused operator that reads and writes everything in one pass. */
final class AdamW implements AutoCloseable {

    /** The constant that PyTorch's clip_grad_norm_ adds to the norm. */
    private static final double NORM_EPSILON = 1e-6;
    /** The number of bfloat16 elements in a processor's cache line. */
    private static final long ELEMENTS_OF_A_LINE = 32;

    private final TrainableNetwork network;
    private final Parameters parameters;
    private final AdamWSettings settings;
    private final NDManager manager;
    private final List<NDArray> firstMoments;
    private final List<NDArray> secondMoments;
    private final NDArray step;
    private final List<long[]> shares;

    AdamW(TrainableNetwork network, AdamWSettings settings) {
        this.network = network;
        this.parameters = network.parameters();
        this.settings = settings;
        this.manager = network.newManager();
        firstMoments = zeros();
        secondMoments = zeros();
        step = manager.create(0f);
        shares = shares();
    }

    private List<NDArray> zeros() {
        return parameters.tensors().stream()
                .map(parameter -> manager.zeros(parameter.getShape()))
                .toList();
    }

    /** Updates the weights and returns the gradients' global norm before clipping. */
    double step(List<NDArray> gradients, double learningRate, NDManager temporary) {
        step.addi(1);
        if (parameters.haveCopies() && settings.maxGradientNorm().isEmpty()) {
            return Math.sqrt(updateWithCopies(gradients, settings(learningRate, 1), temporary));
        }
        double norm = network.method("gradient_norm").with(gradients).run(temporary).get(0).getDouble();
        double clip = settings.maxGradientNorm().map(most -> Math.min(1, most / (norm + NORM_EPSILON))).orElse(1.0);
        double[] clipped = settings(learningRate, clip);
        if (parameters.haveCopies()) {
            updateWithCopies(gradients, clipped, temporary);
        } else {
            update("adamw", List.of(parameters.tensors(), gradients), clipped).run(temporary);
        }
        return norm;
    }

    /** Updates the weights and their copies, and returns the gradients' squared norm, which the pass measures along the way. */
    private double updateWithCopies(List<NDArray> gradients, double[] settings, NDManager temporary) {
        List<List<NDArray>> updated = List.of(parameters.tensors(), parameters.operands(), gradients);
        return SingleThreads.run(shares.stream()
                        .map(share -> update("adamw_with_copies", updated, settings).withAll(share))
                        .<Supplier<Double>>map(call -> () -> call.run(temporary).get(0).getDouble())
                        .toList())
                .stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    private TorchScript.Call update(String method, List<List<NDArray>> updated, double[] settings) {
        TorchScript.Call call = network.method(method);
        updated.forEach(call::with);
        return call.with(firstMoments).with(secondMoments).with(step).withAll(settings);
    }

    private double[] settings(double learningRate, double clip) {
        return new double[] {
            learningRate, settings.beta1(), settings.beta2(), settings.epsilon(), settings.weightDecay(), decayOfVectors(), clip
        };
    }

    /** Divides all weights among the threads; returns [first element, end (exclusive)] for each. */
    private List<long[]> shares() {
        long elements = firstMoments.stream().mapToLong(NDArray::size).sum();
        int count = SingleThreads.count();
        return IntStream.range(0, count)
                .mapToObj(share -> new long[] {border(elements, share, count), border(elements, share + 1, count)})
                .toList();
    }

    /** Returns where a share begins, rounded down to the beginning of a cache line. */
    private static long border(long elements, int share, int count) {
        return share == count ? elements : elements * share / count / ELEMENTS_OF_A_LINE * ELEMENTS_OF_A_LINE;
    }

    private double decayOfVectors() {
        return settings.weightDecayOn() == WeightDecay.ALL ? settings.weightDecay() : 0;
    }

    Moments moments() {
        return new Moments(parameters, firstMoments, secondMoments, step);
    }

    @Override
    public void close() {
        manager.close();
    }
}
