package dev.apprentice.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Device;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.Precision;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.family.Weight;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.lora.LoraAdapter;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.model.torchscript.HostMemory;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.model.torchscript.TorchScript;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A model's program, its weights and adapters. What the language model's parts work with; not for use from outside. */
public final class Network implements AutoCloseable {

    private final Architecture architecture;
    private final Target target;
    private final NDManager manager;
    private TorchScript program;
    private Precision precision = Precision.FLOAT32;
    private double labelSmoothing;
    private NetworkState state;

    private Network(Architecture architecture, Target target, NDManager manager, TorchScript program, NetworkState state) {
        this.architecture = architecture;
        this.target = target;
        this.manager = manager;
        this.program = program;
        this.state = state;
    }

    /** @param target whose program it is; that for another kind of device runs anywhere, if more slowly */
    public static Network load(ModelFolder folder, Device device, Target target) {
        return trainable(folder.architecture(), device, target, manager -> Weights.read(folder.architecture(), folder, manager));
    }

    public static Network initialise(ModelFolder folder, long seed, Device device) {
        return trainable(
                folder.architecture(), device, Target.of(device), manager -> Weights.draw(folder.architecture(), seed, manager));
    }

    private static Network trainable(
            Architecture architecture, Device device, Target target, Function<NDManager, List<NDArray>> source) {
        return orClosed(PyTorch.newManager(device), manager -> {
            List<NDArray> weights = source.apply(manager);
            Parameters all = new Parameters(architecture.weights().stream().map(Weight::name).toList(), weights, weights);
            TorchScript program = Program.load(manager, architecture, target, 0, Optional.empty());
            return new Network(architecture, target, manager, program, new NetworkState.Whole(all));
        });
    }

    /**
     * With the weights in nothing but the form that answers fastest, each read straight into that; it can be neither trained nor
     * written.
     *
     * @param precision bfloat16 takes half the memory to hold and to read for each token
     * @param adapter makes the adapter that is to become part of the weights in the manager that it is given, where there is one
     */
    public static Network toAnswer(
            ModelFolder folder, Device device, Precision precision, Function<NDManager, Optional<LoraAdapter>> adapter) {
        Architecture architecture = folder.architecture();
        Target target = Target.of(device);
        return orClosed(PyTorch.newManager(device), manager -> {
            FrozenWeights frozen;
            try (WeightReader reader = WeightReader.open(folder, precision, adapter.apply(manager), target, manager)) {
                frozen = FrozenWeights.read(architecture, precision, reader, manager);
            }
            TorchScript program = frozen.program()
                    .orElseGet(() -> Program.load(manager, architecture, target, 0, Optional.empty()));
            return new Network(architecture, target, manager, program, new NetworkState.Frozen(frozen.operands()));
        });
    }

    private static Network orClosed(NDManager manager, Function<NDManager, Network> loading) {
        try {
            return loading.apply(manager);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    public Architecture architecture() {
        return architecture;
    }

    /** The model's own weights, float32, in the architecture's order. */
    public List<NDArray> weights() {
        return trainable().weights().tensors();
    }

    /** What the program computes with: weights, then adapters; themselves, or copies in another precision that follow them. */
    public List<NDArray> operands() {
        return state.operands();
    }

    /** What training changes: the adapters where there are some, or else all weights. */
    public Parameters parameters() {
        return trainable().trained();
    }

    public Optional<LoraAdapter> adapter() {
        return state instanceof NetworkState.Adapted adapted ? Optional.of(adapted.adapter()) : Optional.empty();
    }

    /**
     * Puts adapters beside the weights, in place of those that may be there.
     *
     * @param source makes them in the manager that it is given
     */
    public void adapt(Function<NDManager, LoraAdapter> source) {
        NetworkState.Trainable before = trainable();
        LoraAdapter added = source.apply(manager);
        removeAdapter();
        run(labelSmoothing, Optional.of(added));
        state = new NetworkState.Adapted(before.weights(), added, parameters(added.names(), added.tensors()));
    }

    /** Leaves the weights as they are without adapters. */
    public void removeAdapter() {
        if (state instanceof NetworkState.Adapted former) {
            closeCopies(former.trained());
            former.adapter().close();
            state = new NetworkState.Whole(former.weights());
            run(labelSmoothing, Optional.empty());
        }
    }

    /** Whether the program is the one for graphics cards, which trains {@linkplain #flatten() flat} parameters only. */
    public boolean isForGraphicsCards() {
        return target == Target.GRAPHICS_CARD;
    }

    /**
     * Puts what training changes into one piece of memory, where one operator can change all of it, and its operands into
     * another. Everything else stays as it is.
     */
    public FlatParameters flatten() {
        NetworkState.Trainable before = trainable();
        FlatParameters flat = FlatParameters.of(before.trained(), headPlace(), program, manager);
        closeCopies(before.trained());
        if (before instanceof NetworkState.Adapted adapted) {
            adapted.adapter().move(flat.parameters().tensors());
        } else {
            before.trained().tensors().forEach(NDArray::close);
        }
        state = before.withTrained(flat.parameters());
        return flat;
    }

    /** The head's matrix as the program computes with it. */
    public NDArray head() {
        return operands().get(architecture.head());
    }

    /** Where the head's matrix stands among the trained weights; empty where it is not trained. */
    private Optional<Integer> headPlace() {
        return adapter().isPresent() ? Optional.empty() : Optional.of(architecture.head());
    }

    /** The weights as they are with the adapter, to be written; one at a time is computed when it is its turn. */
    public List<TensorData> merged() {
        List<TensorData> unadapted = trainable().weights().data();
        return IntStream.range(0, unadapted.size())
                .mapToObj(weight -> isAdapted(weight) ? merged(unadapted.get(weight), weight) : unadapted.get(weight))
                .toList();
    }

    private TensorData merged(TensorData unadapted, int weight) {
        return new TensorData(unadapted.name(), unadapted.type(), unadapted.shape(), (Iterable<ByteBuffer>) () -> {
            try (NDManager temporary = newManager()) {
                List<ByteBuffer> kept = new ArrayList<>();
                HostMemory.pieces(merged(weight, temporary)).forEach(piece ->
                        kept.add(ByteBuffer.allocate(piece.remaining()).order(piece.order()).put(piece).flip()));
                return kept.iterator();
            }
        });
    }

    private boolean isAdapted(int weight) {
        return adapter().filter(there -> there.adapts(weight)).isPresent();
    }

    private NDArray merged(int weight, NDManager temporary) {
        List<NDArray> tensors = new ArrayList<>(weights());
        adapter().ifPresent(there -> tensors.addAll(there.tensors()));
        return method("merged").with(tensors).with((long) weight).run(temporary).get(0);
    }

    /** Makes the adapters' change part of the weights, and removes them. */
    public void mergeAdapter() {
        adapter().ifPresent(there -> {
            for (int weight = 0; weight < weights().size(); weight++) {
                if (isAdapted(weight)) {
                    try (NDManager temporary = newManager()) {
                        NDArray merged = merged(weight, temporary);
                        method("overwrite").with(weights().get(weight)).with(merged).run(temporary);
                    }
                }
            }
            removeAdapter();
            narrowAnew();
        });
    }

    /** Changes the precision of the operands. */
    public void computeIn(Precision other) {
        trainable();
        if (precision != other) {
            precision = other;
            narrowAnew();
        }
    }

    /** Gives gradients by smoothed labels (Szegedy et al., 2015) from now on; losses stay those of the targets alone. */
    public void smoothLabels(double share) {
        if (labelSmoothing != share) {
            labelSmoothing = share;
            run(share, adapter());
        }
    }

    private NetworkState.Trainable trainable() {
        if (state instanceof NetworkState.Trainable trainable) {
            return trainable;
        }
        throw new ModelException("the model was loaded to answer with: it can be neither trained nor written; load it"
                + " without naming a precision for that");
    }

    private void narrowAnew() {
        NetworkState.Trainable before = trainable();
        closeCopies(before.weights());
        Parameters narrowed = parameters(before.weights().names(), before.weights().tensors());
        if (before instanceof NetworkState.Adapted adapted) {
            closeCopies(adapted.trained());
            state = new NetworkState.Adapted(
                    narrowed, adapted.adapter(), parameters(adapted.trained().names(), adapted.trained().tensors()));
        } else {
            state = new NetworkState.Whole(narrowed);
        }
    }

    private Parameters parameters(List<String> names, List<NDArray> tensors) {
        return new Parameters(names, tensors, precision == Precision.FLOAT32 ? tensors : narrowed(tensors));
    }

    private List<NDArray> narrowed(List<NDArray> tensors) {
        try (NDManager temporary = newManager()) {
            NDList narrowed = method("narrow").with(tensors).run(temporary);
            narrowed.attach(manager);
            return List.copyOf(narrowed);
        }
    }

    private static void closeCopies(Parameters parameters) {
        for (int i = 0; i < parameters.operands().size(); i++) {
            if (parameters.operands().get(i) != parameters.tensors().get(i)) {
                parameters.operands().get(i).close();
            }
        }
    }

    private void run(double smoothing, Optional<LoraAdapter> with) {
        TorchScript former = program;
        program = Program.load(manager, architecture, target, smoothing, with);
        former.close();
    }

    /** A manager for what one step or one call makes; it must be closed at its end. */
    public NDManager newManager() {
        return manager.newSubManager();
    }

    public TorchScript program() {
        return program;
    }

    public TorchScript.Call method(String name) {
        return program.method(name);
    }

    @Override
    public void close() {
        program.close();
        manager.close();
    }
}
