package dev.apprentice.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.network.TrainableNetwork;
import java.util.ArrayList;
import java.util.List;

/** A processor's gradients in one flat tensor, which ranks add up in one call. It is reused from step to step. */
final class FlatGradients implements AutoCloseable {

    /** The number of float32 elements in a processor's cache line; each gradient begins at a multiple of it. */
    private static final long ALIGNMENT = 16;

    private static final NDIndex EVERYTHING = new NDIndex("...");

    private final TrainableNetwork network;
    private final NDManager manager;
    private final NDArray flat;
    private final List<NDArray> views = new ArrayList<>();

    FlatGradients(TrainableNetwork network) {
        this.network = network;
        manager = network.newManager();
        List<NDArray> parameters = network.parameters().tensors();
        flat = manager.zeros(new Shape(parameters.stream().mapToLong(FlatGradients::room).sum()), DataType.FLOAT32);
        long begin = 0;
        for (NDArray parameter : parameters) {
            views.add(flat.get(new NDIndex(begin + ":" + (begin + parameter.size()))).reshape(parameter.getShape()));
            begin += room(parameter);
        }
    }

    private static long room(NDArray parameter) {
        return (parameter.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /**
     * Copies gradients in, in the order of the parameters and in any precision. An empty list, from a rank without rows, sets
     * zeros.
     */
    void set(List<NDArray> gradients, NDManager temporary) {
        if (gradients.isEmpty()) {
            flat.set(EVERYTHING, 0f);
        } else {
            network.method("copy_each").with(views).with(gradients).run(temporary);
        }
    }

    /** Returns all gradients as one flat tensor. */
    NDArray inOne() {
        return flat;
    }

    /** Returns views of the gradients, in the order of the parameters. */
    List<NDArray> tensors() {
        return views;
    }

    @Override
    public void close() {
        manager.close();
    }
}
