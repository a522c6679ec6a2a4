package dev.apprentice.model.family;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.Precision;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A model's weights to answer with, its matrices laid out for the processor where PyTorch can do that. Else every
 * multiplication by few rows would lay out its matrix anew, which takes as long as to multiply by it, or longer.
 *
 * @param program that computes with them; empty for the one that computes with plain weights
 * @param operands what it computes with
 */
record FrozenWeights(Optional<TorchScript> program, List<NDArray> operands) {

    private static final System.Logger LOG = System.getLogger(FrozenWeights.class.getName());

    /**
     * Makes them one by one, and closes each of the float32 weights that is not needed when its copy is there.
     *
     * @param plain the program for plain weights
     */
    static FrozenWeights of(
            Architecture architecture, Precision precision, List<NDArray> weights, TorchScript plain, NDManager manager) {
        UnaryOperator<NDArray> unpacked =
                precision == Precision.FLOAT32 ? weight -> weight : weight -> narrowed(weight, plain, manager);
        Optional<TorchScript> packing = packing(architecture, precision, weights.get(0), manager);
        return new FrozenWeights(
                packing,
                packing.isPresent()
                        ? packed(architecture, weights, unpacked, packing.get(), manager)
                        : weights.stream().map(unpacked).toList());
    }

    /** Empty on a GPU, with a PyTorch without oneDNN, and on a processor without what it needs for bfloat16. */
    private static Optional<TorchScript> packing(
            Architecture architecture, Precision precision, NDArray embedding, NDManager manager) {
        if (embedding.getDevice().isGpu()) {
            return Optional.empty();
        }
        try {
            TorchScript program = new TorchScript(manager, Program.CLASS, Program.packedSource(architecture, precision));
            try (NDManager temporary = manager.newSubManager()) {
                pack(temporary.zeros(new Shape(64, 64)), false, program, temporary);
                return Optional.of(program);
            } catch (EngineException e) {
                program.close();
                throw e;
            }
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.DEBUG, "weights are not packed, because PyTorch cannot do it here", e);
            return Optional.empty();
        }
    }

    private static List<NDArray> packed(
            Architecture architecture,
            List<NDArray> weights,
            UnaryOperator<NDArray> unpacked,
            TorchScript packing,
            NDManager manager) {
        NDArray nothing = unpacked.apply(manager.zeros(new Shape(0, 0), DataType.FLOAT32));
        boolean tied = architecture.constants().get("tied").equals(true);
        NDArray head = pack(weights.get(tied ? 0 : weights.size() - 1), false, packing, manager);
        List<NDArray> operands = new ArrayList<>();
        List<NDArray> packed = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            NDArray weight = weights.get(i);
            boolean isMatrix = isMatrix(architecture, i);
            boolean isBias = architecture.constants().get("biased").equals(true) && isMatrix(architecture, i - 1);
            boolean isHead = !tied && i == weights.size() - 1;
            packed.add(isMatrix ? pack(weight, architecture.inputByOutput(), packing, manager) : nothing);
            operands.add(isMatrix || isHead ? nothing : isBias ? pack(weight, false, packing, manager) : unpacked.apply(weight));
            if (isMatrix || isBias || isHead) {
                weight.close();
            }
        }
        operands.addAll(packed);
        operands.add(head);
        return List.copyOf(operands);
    }

    private static boolean isMatrix(Architecture architecture, int i) {
        return architecture.isInBlock(i) && architecture.weights().get(i).dimensions().length == 2;
    }

    private static NDArray narrowed(NDArray weight, TorchScript plain, NDManager manager) {
        NDArray copy = kept(plain.method("narrow").with(List.of(weight)), manager);
        weight.close();
        return copy;
    }

    private static NDArray pack(NDArray weight, boolean transposed, TorchScript packing, NDManager manager) {
        try (NDManager temporary = manager.newSubManager()) {
            return kept(packing.method("pack").with(weight).with(temporary.create(transposed ? 1L : 0L)), manager);
        }
    }

    private static NDArray kept(TorchScript.Call call, NDManager manager) {
        try (NDManager temporary = manager.newSubManager()) {
            NDList result = call.run(temporary);
            result.attach(manager);
            return result.get(0);
        }
    }
}
