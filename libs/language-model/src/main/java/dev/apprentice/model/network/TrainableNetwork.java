package dev.apprentice.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Device;
import dev.apprentice.model.Precision;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.family.Weight;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.lora.LoraAdapter;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A network with its weights in float32. It can be trained, adapted, saved and asked. */
public final class TrainableNetwork extends Network {

    private TorchScript program;
    private Precision precision = Precision.FLOAT32;
    private double labelSmoothing;
    private TrainedPart part;

    private TrainableNetwork(Architecture architecture, Target target, NDManager manager, List<NDArray> weights) {
        super(architecture, target, manager);
        part = new TrainedPart.Whole(new Parameters(architecture.weights().stream().map(Weight::name).toList(), weights, weights));
        program = programWith(Optional.empty());
    }

    /** @param target selects the program; the program for another kind of device also runs, but more slowly */
    public static TrainableNetwork load(ModelFolder folder, Device device, Target target) {
        Architecture architecture = folder.architecture();
        return orClosed(PyTorch.newManager(device), manager ->
                new TrainableNetwork(architecture, target, manager, Weights.read(architecture, folder, manager)));
    }

    public static TrainableNetwork initialise(ModelFolder folder, long seed, Device device) {
        Architecture architecture = folder.architecture();
        return orClosed(PyTorch.newManager(device), manager ->
                new TrainableNetwork(architecture, Target.of(device), manager, Weights.draw(architecture, seed, manager)));
    }

    @Override
    public TorchScript program() {
        return program;
    }

    @Override
    public TrainableNetwork trainable() {
        return this;
    }

    /** Returns the model's own weights, float32, in the architecture's order. */
    public List<NDArray> weights() {
        return part.weights().tensors();
    }

    /**
     * Returns the weights' operands, then the adapter's: the tensors themselves, or copies in another precision that are kept up
     * to date.
     */
    @Override
    public List<NDArray> operands() {
        return part.operands();
    }

    /** Returns what training changes: the adapter if there is one, otherwise all weights. */
    public Parameters parameters() {
        return part.trained();
    }

    /** Returns the head's matrix as the program computes with it. */
    public NDArray head() {
        return operands().get(architecture().head());
    }

    @Override
    public Optional<LoraAdapter> adapter() {
        return part.adapter();
    }

    /**
     * Puts an adapter beside the weights and removes the earlier one, if any.
     *
     * @param source creates the adapter in the manager that it is given
     */
    public void adapt(Function<NDManager, LoraAdapter> source) {
        LoraAdapter added = source.apply(manager());
        removeAdapter();
        replaceProgram(Optional.of(added));
        part = new TrainedPart.Adapted(part.weights(), added, inPrecision(added.names(), added.tensors()));
    }

    /** Removes the adapter, if any. The weights themselves do not change. */
    public void removeAdapter() {
        adapter().ifPresent(former -> {
            parameters().closeCopies();
            former.close();
            part = new TrainedPart.Whole(part.weights());
            replaceProgram(Optional.empty());
        });
    }

    /** Merges the adapter's change into the weights, then removes the adapter. */
    public void mergeAdapter() {
        adapter().ifPresent(there -> {
            new MergedWeights(this, there).overwrite();
            removeAdapter();
            narrowAnew();
        });
    }

    /** Returns the weights with the adapter's change merged in, as data to write. */
    public List<TensorData> merged() {
        List<TensorData> unadapted = part.weights().data();
        return adapter().map(there -> new MergedWeights(this, there).data(unadapted)).orElse(unadapted);
    }

    /**
     * Moves what training changes into one flat tensor, so that one operator can update all of it, and its operands into another.
     * Everything else stays where it is.
     */
    public FlatParameters flatten() {
        Optional<Integer> trainedHead = adapter().isPresent() ? Optional.empty() : Optional.of(architecture().head());
        FlatParameters flat = FlatParameters.of(parameters(), trainedHead, program, manager());
        parameters().closeCopies();
        part = part.moved(flat.parameters());
        return flat;
    }

    /** Changes the precision of the operands. */
    public void computeIn(Precision other) {
        if (precision != other) {
            precision = other;
            narrowAnew();
        }
    }

    private void narrowAnew() {
        part = part.narrowed(parameters -> {
            parameters.closeCopies();
            return inPrecision(parameters.names(), parameters.tensors());
        });
    }

    private Parameters inPrecision(List<String> names, List<NDArray> tensors) {
        return new Parameters(names, tensors, precision == Precision.FLOAT32 ? tensors : narrowed(tensors));
    }

    private List<NDArray> narrowed(List<NDArray> tensors) {
        try (NDManager temporary = newManager()) {
            NDList narrowed = method("narrow").with(tensors).run(temporary);
            narrowed.attach(manager());
            return List.copyOf(narrowed);
        }
    }

    /** Computes gradients from smoothed labels (Szegedy et al., 2015) from now on. Losses still count the targets alone. */
    public void smoothLabels(double share) {
        if (labelSmoothing != share) {
            labelSmoothing = share;
            replaceProgram(adapter());
        }
    }

    /** Loads the program anew, because its source contains the adapter and the label smoothing. */
    private void replaceProgram(Optional<LoraAdapter> with) {
        TorchScript former = program;
        program = programWith(with);
        former.close();
    }

    private TorchScript programWith(Optional<LoraAdapter> adapter) {
        return Program.load(manager(), architecture(), target(), labelSmoothing, adapter);
    }
}
