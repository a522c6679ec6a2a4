package dev.apprentice.model.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Device;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.Precision;
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
    private final Weights weights;
    private TorchScript program;
    private Precision precision = Precision.FLOAT32;
    private double labelSmoothing;
    private Parameters base;
    private Optional<LoraAdapter> adapter = Optional.empty();
    private Optional<Parameters> adapted = Optional.empty();
    private List<NDArray> operands;
    private boolean isFrozen;

    private Network(ModelFolder folder, Device device, Target target, WeightSource source) {
        architecture = folder.architecture();
        this.target = target;
        manager = PyTorch.newManager(device);
        try {
            program = Program.load(manager, architecture, target, 0, Optional.empty());
            weights = source.weights(architecture, manager);
            base = parameters(architecture.weights().stream().map(Weight::name).toList(), weights.tensors());
            operands = base.operands();
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    public static Network load(ModelFolder folder, Device device) {
        return load(folder, device, Target.of(device));
    }

    /** The same with the program for another kind of device, which runs anywhere, if more slowly. */
    public static Network load(ModelFolder folder, Device device, Target target) {
        return new Network(folder, device, target, (architecture, manager) -> Weights.read(architecture, folder, manager));
    }

    public static Network initialise(ModelFolder folder, long seed, Device device) {
        return new Network(folder, device, Target.of(device), (architecture, manager) -> Weights.draw(architecture, seed, manager));
    }

    public Architecture architecture() {
        return architecture;
    }

    public Weights weights() {
        return weights;
    }

    /** What the program computes with: weights, then adapters; themselves, or copies in another precision that follow them. */
    public List<NDArray> operands() {
        return operands;
    }

    /** What training changes: the adapters where there are some, or else all weights. */
    public Parameters parameters() {
        requireMasters();
        return adapted.orElse(base);
    }

    public Optional<LoraAdapter> adapter() {
        return adapter;
    }

    /**
     * Puts adapters beside the weights, in place of those that may be there.
     *
     * @param source makes them in the manager that it is given
     */
    public void adapt(Function<NDManager, LoraAdapter> source) {
        requireMasters();
        LoraAdapter added = source.apply(manager);
        removeAdapter();
        run(labelSmoothing, Optional.of(added));
        adapter = Optional.of(added);
        adapted = Optional.of(parameters(added.names(), added.tensors()));
        operands = operandsOfAll();
    }

    /** Leaves the weights as they are without adapters. */
    public void removeAdapter() {
        adapter.ifPresent(former -> {
            adapted.ifPresent(Network::closeCopies);
            former.close();
            adapter = Optional.empty();
            adapted = Optional.empty();
            operands = base.operands();
            run(labelSmoothing, Optional.empty());
        });
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
        Parameters former = parameters();
        FlatParameters flat = FlatParameters.of(former, headPlace(), program, manager);
        closeCopies(former);
        if (adapted.isPresent()) {
            adapter.orElseThrow().move(flat.parameters().tensors());
            adapted = Optional.of(flat.parameters());
        } else {
            weights.move(flat.parameters().tensors());
            base = flat.parameters();
        }
        operands = operandsOfAll();
        return flat;
    }

    /** The head's matrix as the program computes with it. */
    public NDArray head() {
        return operands.get(architecture.head());
    }

    /** Where the head's matrix stands among the trained weights; empty where it is not trained. */
    private Optional<Integer> headPlace() {
        return adapter.isPresent() ? Optional.empty() : Optional.of(architecture.head());
    }

    /** The weights as they are with the adapter, to be written; one at a time is computed when it is its turn. */
    public List<TensorData> merged() {
        requireMasters();
        List<TensorData> unadapted = base.data();
        return IntStream.range(0, unadapted.size())
                .mapToObj(weight -> isAdapted(weight) ? merged(unadapted.get(weight), weight) : unadapted.get(weight))
                .toList();
    }

    private TensorData merged(TensorData unadapted, int weight) {
        return new TensorData(unadapted.name(), unadapted.type(), unadapted.shape(), () -> {
            try (NDManager temporary = newManager()) {
                ByteBuffer bytes = HostMemory.bytes(merged(weight, temporary));
                ByteBuffer kept = ByteBuffer.allocate(bytes.remaining()).order(bytes.order());
                return kept.put(bytes).flip();
            }
        });
    }

    private boolean isAdapted(int weight) {
        return adapter.filter(there -> there.adapts(weight)).isPresent();
    }

    private NDArray merged(int weight, NDManager temporary) {
        List<NDArray> tensors = new ArrayList<>(weights.tensors());
        adapter.ifPresent(there -> tensors.addAll(there.tensors()));
        return method("merged").with(tensors).with((long) weight).run(temporary).get(0);
    }

    /** Makes the adapters' change part of the weights, and removes them. */
    public void mergeAdapter() {
        adapter.ifPresent(there -> {
            for (int weight = 0; weight < weights.tensors().size(); weight++) {
                if (isAdapted(weight)) {
                    try (NDManager temporary = newManager()) {
                        NDArray merged = merged(weight, temporary);
                        method("overwrite").with(weights.tensors().get(weight)).with(merged).run(temporary);
                    }
                }
            }
            removeAdapter();
            narrowAnew();
        });
    }

    /** Changes the precision of the operands. */
    public void computeIn(Precision other) {
        requireMasters();
        if (precision != other) {
            precision = other;
            narrowAnew();
        }
    }

    /** Gives gradients by smoothed labels (Szegedy et al., 2015) from now on; losses stay those of the targets alone. */
    public void smoothLabels(double share) {
        if (labelSmoothing != share) {
            labelSmoothing = share;
            run(share, adapter);
        }
    }

    /**
     * Keeps the weights in nothing but the form that answers fastest; an adapter becomes part of them. The model can be
     * neither trained nor written any more.
     *
     * @param kept bfloat16 takes half the memory to hold and to read for each token
     */
    public void freeze(Precision kept) {
        mergeAdapter();
        closeCopies(base);
        FrozenWeights frozen = FrozenWeights.of(architecture, kept, weights.tensors(), program, manager);
        frozen.program().ifPresent(packed -> {
            program.close();
            program = packed;
        });
        operands = frozen.operands();
        isFrozen = true;
    }

    private void requireMasters() {
        if (isFrozen) {
            throw new ModelException("the model was loaded to answer with: it can be neither trained nor written; load it"
                    + " without naming a precision for that");
        }
    }

    private void narrowAnew() {
        closeCopies(base);
        base = parameters(base.names(), base.tensors());
        adapted.ifPresent(Network::closeCopies);
        adapted = adapted.map(former -> parameters(former.names(), former.tensors()));
        operands = operandsOfAll();
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

    private List<NDArray> operandsOfAll() {
        List<NDArray> all = new ArrayList<>(base.operands());
        adapted.ifPresent(parameters -> all.addAll(parameters.operands()));
        return List.copyOf(all);
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

    private interface WeightSource {
        Weights weights(Architecture architecture, NDManager manager);
    }
}
