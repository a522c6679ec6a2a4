package dev.apprentice.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.lora.LoraAdapter;
import dev.apprentice.model.torchscript.NativeMemory;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A model's program and the tensors it computes with. For the parts of this library only, not for its users. */
public abstract sealed class Network implements AutoCloseable permits TrainableNetwork, AnsweringNetwork {

    private final Architecture architecture;
    private final Target target;
    private final NDManager manager;

    /** @param manager closed together with the network */
    Network(Architecture architecture, Target target, NDManager manager) {
        this.architecture = architecture;
        this.target = target;
        this.manager = manager;
    }

    static <N extends Network> N orClosed(NDManager manager, Function<NDManager, N> loading) {
        try {
            return loading.apply(manager);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    public final Architecture architecture() {
        return architecture;
    }

    /**
     * Tells whether the program is the one for graphics cards, which trains {@linkplain TrainableNetwork#flatten flat} parameters
     * only.
     */
    public final boolean isForGraphicsCards() {
        return target == Target.GRAPHICS_CARD;
    }

    final Target target() {
        return target;
    }

    final NDManager manager() {
        return manager;
    }

    /** Returns the current program. Training replaces it, so do not keep it. */
    public abstract TorchScript program();

    /** Returns the tensors that the program computes with. */
    public abstract List<NDArray> operands();

    /** Returns the adapter beside the weights, if there is one. */
    public abstract Optional<LoraAdapter> adapter();

    /** @throws ModelException if the network can only answer */
    public abstract TrainableNetwork trainable();

    public final TorchScript.Call method(String name) {
        return program().method(name);
    }

    /** Returns a manager for the tensors of one step or one call. The caller must close it at the end. */
    public final NDManager newManager() {
        return manager.newSubManager();
    }

    @Override
    public final void close() {
        program().close();
        manager.close();
        NativeMemory.giveBack();
    }
}
