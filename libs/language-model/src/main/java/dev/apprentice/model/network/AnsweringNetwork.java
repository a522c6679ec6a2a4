package dev.apprentice.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Device;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.Precision;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.lora.LoraAdapter;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A network that holds its weights only in the form that answers fastest. It can be neither trained nor saved. */
public final class AnsweringNetwork extends Network {

    private final TorchScript program;
    private final List<NDArray> operands;

    private AnsweringNetwork(Architecture architecture, Target target, NDManager manager, FrozenWeights frozen) {
        super(architecture, target, manager);
        this.program = frozen.program().orElseGet(() -> Program.load(manager, architecture, target, 0, Optional.empty()));
        this.operands = frozen.operands();
    }

    /**
     * Loads a network and converts each weight to that form as it is read.
     *
     * @param precision of the matrices; bfloat16 halves the memory and what each token reads
     * @param adapter creates the adapter to merge into the weights, in the manager it is given; empty for none
     */
    public static AnsweringNetwork load(
            ModelFolder folder, Device device, Precision precision, Function<NDManager, Optional<LoraAdapter>> adapter) {
        Architecture architecture = folder.architecture();
        Target target = Target.of(device);
        return orClosed(PyTorch.newManager(device), manager -> {
            FrozenWeights frozen;
            try (WeightReader reader = WeightReader.open(folder, precision, adapter.apply(manager), target, manager)) {
                frozen = FrozenWeights.read(architecture, precision, reader, manager);
            }
            return new AnsweringNetwork(architecture, target, manager, frozen);
        });
    }

    @Override
    public TorchScript program() {
        return program;
    }

    @Override
    public List<NDArray> operands() {
        return operands;
    }

    @Override
    public Optional<LoraAdapter> adapter() {
        return Optional.empty();
    }

    @Override
    public TrainableNetwork trainable() {
        throw new ModelException("the model was loaded for answering only, and can be neither trained nor saved; load it"
                + " without a precision to do that");
    }
}
