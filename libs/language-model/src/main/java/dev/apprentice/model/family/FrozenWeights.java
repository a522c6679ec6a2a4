package dev.apprentice.model.family;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model's weights in bfloat16 to answer with, its matrices laid out for the processor where PyTorch can do that. Else
 * every multiplication would lay out its matrix anew, which takes longer than to multiply one row by it.
 *
 * @param program that computes with them; empty for the one that computes with plain weights
 * @param operands what it computes with
 */
record FrozenWeights(Optional<TorchScript> program, List<NDArray> operands) {

    private static final System.Logger LOG = System.getLogger(FrozenWeights.class.getName());

    /**
     * Makes them one by one, and closes each of the float32 weights when its copy is there.
     *
     * @param plain the program for plain weights
     */
    static FrozenWeights of(Architecture architecture, List<NDArray> weights, TorchScript plain, NDManager manager) {
        Optional<TorchScript> packing = packing(architecture, weights.get(0), manager);
        return new FrozenWeights(
                packing,
                packing.isPresent()
                        ? packed(architecture, weights, plain, packing.get(), manager)
                        : weights.stream().map(weight -> replaced(weight, plain, manager)).toList());
    }

    /** Empty on a GPU, with a PyTorch without oneDNN, and on a processor without what it needs for bfloat16. */
    private static Optional<TorchScript> packing(Architecture architecture, NDArray embedding, NDManager manager) {
        if (embedding.getDevice().isGpu()) {
            return Optional.empty();
        }
        try {
            TorchScript program = new TorchScript(manager, Program.CLASS, Program.packedSource(architecture));
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
            Architecture architecture, List<NDArray> weights, TorchScript plain, TorchScript packing, NDManager manager) {
        NDArray nothing = plainCopy(manager.zeros(new Shape(0, 0), DataType.FLOAT32), plain, manager);
        boolean tied = architecture.constants().get("tied").equals(true);
        NDArray head = pack(weights.get(tied ? 0 : weights.size() - 1), false, packing, manager);
        List<NDArray> unpacked = new ArrayList<>();
        List<NDArray> packed = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            NDArray weight = weights.get(i);
            boolean isMatrix = architecture.isInBlock(i) && weight.getShape().dimension() == 2;
            boolean isHead = !tied && i == weights.size() - 1;
            packed.add(isMatrix ? pack(weight, architecture.inputByOutput(), packing, manager) : nothing);
            unpacked.add(isMatrix || isHead ? nothing : plainCopy(weight, plain, manager));
            weight.close();
        }
        unpacked.addAll(packed);
        unpacked.add(head);
        return List.copyOf(unpacked);
    }

    private static NDArray replaced(NDArray weight, TorchScript plain, NDManager manager) {
        NDArray copy = plainCopy(weight, plain, manager);
        weight.close();
        return copy;
    }

    private static NDArray plainCopy(NDArray weight, TorchScript plain, NDManager manager) {
        return kept(plain.method("narrow").with(List.of(weight)), manager);
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
