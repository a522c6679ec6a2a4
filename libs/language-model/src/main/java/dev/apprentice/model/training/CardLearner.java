package dev.apprentice.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.apprentice.model.Precision;
import dev.apprentice.model.lora.LoraSettings;
import dev.apprentice.model.network.FlatParameters;
import dev.apprentice.model.network.TrainableNetwork;
import dev.apprentice.model.ranks.Ranks;
import dev.apprentice.model.torchscript.TorchScript;
import dev.apprentice.model.training.batch.PackedBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains on a graphics card. Weights, gradients and moments lie in flat tensors, so one operator updates each. The processor waits
 * for the card once a step, when it reads the step's figures.
 */
final class CardLearner implements Learner {

    private static final NDIndex EVERYTHING = new NDIndex("...");

    private final TrainableNetwork network;
    private final FineTuningSettings settings;
    private final Ranks ranks;
    private final NDManager manager;
    private final FlatParameters flat;
    private final NDArray gradientsInOne;
    private final List<NDArray> gradients;
    private final NDArray firstInOne;
    private final NDArray secondInOne;
    private final Moments moments;
    private final List<NDArray> leaves;
    private final NDArray head;
    private final NDArray headGradient;
    private final boolean withoutGaps;
    private long steps;

    CardLearner(TrainableNetwork network, FineTuningSettings settings, Ranks ranks) {
        this.network = network;
        this.settings = settings;
        this.ranks = ranks;
        manager = network.newManager();
        flat = network.flatten();
        gradientsInOne = zeros();
        gradients = views(gradientsInOne);
        firstInOne = zeros();
        secondInOne = zeros();
        moments = new Moments(flat.parameters(), views(firstInOne), views(secondInOne), manager.create(0f));
        leaves = List.copyOf(network.method("leaves").with(network.operands()).run(manager));
        head = flat.paddedHead(flat.copies().isEmpty() ? flat.weights() : flat.copies().get(0), network.program(), manager)
                .orElseGet(this::frozenHead);
        headGradient = flat.paddedHead(gradientsInOne, network.program(), manager).orElseGet(() -> manager.create(new float[0]));
        withoutGaps = settings.precision() == Precision.BFLOAT16 && GapFreeAttention.isThere(network);
    }

    private NDArray zeros() {
        return FlatParameters.zeros(network.program(), flat.weights(), flat.size(), false, manager);
    }

    private List<NDArray> views(NDArray inOne) {
        return flat.views(inOne, network.program(), manager);
    }

    private NDArray frozenHead() {
        NDArray plain = network.head();
        long rows = FlatParameters.paddedRows(plain.getShape().get(0));
        return rows == plain.getShape().get(0)
                ? plain
                : network.method("padded_rows").with(plain).with(rows).run(manager).get(0);
    }

    @Override
    public Step begin() {
        return new CardStep();
    }

    private final class CardStep implements Step {

        private final NDManager memory = network.newManager();
        /** Sums of the loss and of correct predictions, on the card. */
        private NDArray figures;
        private boolean isLearned;

        @Override
        public Step forwardAndBackward(List<PackedBatch> own, long targets) {
            long seed = settings.lora().map(LoraSettings::seed).orElse(0L);
            Dropout dropout = new Dropout(seed, steps, ranks.rank(), ranks.size());
            List<TorchScript.Call> passes = new ArrayList<>();
            for (int i = 0; i < own.size(); i++) {
                passes.add(addingGradients(own.get(i), dropout.seedOf(i), 1.0 / targets, memory));
            }
            for (TorchScript.Call pass : passes) {
                NDArray more = pass.runWithGradients(memory).get(0);
                figures = figures == null ? more : figures.addi(more);
            }
            figures = figures == null ? memory.create(new double[2]) : figures;
            return this;
        }

        @Override
        public void allReduce() {
            ranks.sum(gradientsInOne);
            ranks.sum(figures);
        }

        @Override
        public Learned clipAndUpdate(double learningRate) {
            NDArray queued = update(figures, learningRate, memory).get(0);
            isLearned = true;
            double[] read = ranks.awaiting(queued::toDoubleArray);
            steps++;
            return new Learned(read[0], read[1], read[2]);
        }

        /** Frees the step's memory. If the step failed, also clears its gradients, which must not reach the next step. */
        @Override
        public void close() {
            memory.close();
            if (!isLearned) {
                gradientsInOne.set(EVERYTHING, 0f);
            }
        }
    }

    /**
     * Prepares a pass. All passes must be prepared before the first one runs: copying a batch to the card waits for everything
     * queued there.
     */
    private TorchScript.Call addingGradients(PackedBatch batch, long dropoutSeed, double scale, NDManager step) {
        TorchScript.Call call = network.method("add_gradients").with(leaves).with(gradients);
        return batch.passInOneTo(call, step, dropoutSeed, withoutGaps)
                .with(scale)
                .with(settings.activationCheckpointing())
                .with(head)
                .with(headGradient);
    }

    private List<NDArray> update(NDArray figures, double learningRate, NDManager step) {
        AdamWSettings adamw = settings.optimizer();
        double decayOfVectors = adamw.weightDecayOn() == WeightDecay.ALL ? adamw.weightDecay() : 0;
        return network.method("update")
                .with(List.of(flat.weights(), gradientsInOne, firstInOne, secondInOne))
                .with(flat.copies())
                .with(figures)
                .with(moments.step())
                .with(flat.matrices())
                .withAll(learningRate, adamw.beta1(), adamw.beta2(), adamw.epsilon(), adamw.weightDecay(), decayOfVectors)
                .with(adamw.maxGradientNorm().orElse(0.0))
                .run(step);
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public UnsavedTensors state() {
        return moments.unsaved();
    }

    @Override
    public void load(Path file) {
        moments.load(file);
        steps = moments.steps();
    }

    @Override
    public void close() {
        manager.close();
    }
}
