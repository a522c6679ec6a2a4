package dev.apprentice.model.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Precision;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.List;

/** A model's program and its weights. What the language model's parts work with; not for use from outside. */
public final class Network implements AutoCloseable {

    private final Architecture architecture;
    private final NDManager manager;
    private final TorchScript program;
    private final Weights weights;
    private List<NDArray> operands;

    private Network(ModelFolder folder, WeightSource source) {
        architecture = folder.architecture();
        manager = PyTorch.newManager();
        try {
            program = new TorchScript(manager, Program.CLASS, Program.source(architecture));
            weights = source.weights(architecture, manager);
            operands = weights.tensors();
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    public static Network load(ModelFolder folder) {
        return new Network(folder, (architecture, manager) -> Weights.read(architecture, folder, manager));
    }

    public static Network initialise(ModelFolder folder, long seed) {
        return new Network(folder, (architecture, manager) -> Weights.draw(architecture, seed, manager));
    }

    public Architecture architecture() {
        return architecture;
    }

    public Weights weights() {
        return weights;
    }

    /** What the program computes with: the weights themselves, or copies in another precision that follow them. */
    public List<NDArray> operands() {
        return operands;
    }

    /** Changes the precision of the operands. */
    public void computeIn(Precision precision) {
        if (operands != weights.tensors()) {
            operands.forEach(NDArray::close);
        }
        operands = precision == Precision.FLOAT32 ? weights.tensors() : narrowed();
    }

    private List<NDArray> narrowed() {
        try (NDManager temporary = newManager()) {
            NDList narrowed = method("narrow").with(weights.tensors()).run(temporary);
            narrowed.attach(manager);
            return List.copyOf(narrowed);
        }
    }

    /** A manager for what one step or one call makes; it must be closed at its end. */
    public NDManager newManager() {
        return manager.newSubManager();
    }

    public TorchScript.Call method(String name) {
        return program.method(name);
    }

    @Override
    public void close() {
        program.close();
        manager.close();
    }

    private interface WeightSource {
        Weights weights(Architecture architecture, NDManager manager);
    }
}
