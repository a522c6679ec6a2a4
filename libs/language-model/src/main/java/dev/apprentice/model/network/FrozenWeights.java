package dev.apprentice.model.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.Precision;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A model's weights to answer with, its matrices laid out for the processor where PyTorch can do that. Else every
 * multiplication by few rows would lay out its matrix anew, which takes as long as to multiply by it, or longer.
 *
 * @param program that computes with them; empty for the one that computes with plain weights
 * @param operands what it computes with
 */
record FrozenWeights(Optional<TorchScript> program, List<NDArray> operands) {

    /** Of the largest number of a product; twice what rounding to bfloat16 leaves. */
    private static final double MOST_ERROR = 0.02;

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
        Optional<Packing> packing = packing(architecture, precision, weights, manager);
        return new FrozenWeights(
                packing.map(Packing::program),
                packing.isPresent()
                        ? packed(architecture, weights, unpacked, packing.get(), manager)
                        : weights.stream().map(unpacked).toList());
    }

    /** @param withHead whether the head is packed too */
    private record Packing(TorchScript program, boolean withHead) {}

    /**
     * Empty on a GPU, with a PyTorch without oneDNN, on a processor without what it needs for bfloat16, and where oneDNN
     * does not multiply rightly by matrices of these shapes once they are packed.
     */
    private static Optional<Packing> packing(
            Architecture architecture, Precision precision, List<NDArray> weights, NDManager manager) {
        if (weights.get(0).getDevice().isGpu()) {
            return Optional.empty();
        }
        try {
            NDArray head = weights.get(architecture.head());
            try (TorchScript trial = Program.loadPacked(manager, architecture, precision, true)) {
                if (!packsRightly(blockMatrices(architecture, weights), architecture.inputByOutput(), trial, manager)) {
                    LOG.log(System.Logger.Level.INFO, "weights are not packed: on this processor PyTorch would multiply wrongly");
                    return Optional.empty();
                }
                boolean withHead = packsRightly(List.of(head), false, trial, manager);
                return Optional.of(new Packing(Program.loadPacked(manager, architecture, precision, withHead), withHead));
            }
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.DEBUG, "weights are not packed, because PyTorch cannot do it here", e);
            return Optional.empty();
        }
    }

    /** Whether products by packed matrices of these shapes are what they should be; each shape is tried once. */
    private static boolean packsRightly(
            List<NDArray> matrices, boolean transposed, TorchScript packing, NDManager manager) {
        Set<Shape> tried = new HashSet<>();
        return matrices.stream().filter(matrix -> tried.add(matrix.getShape())).allMatch(matrix -> {
            try (NDManager temporary = manager.newSubManager()) {
                return packing.method("packing_error")
                                .with(matrix)
                                .with(transposed)
                                .run(temporary)
                                .get(0)
                                .getFloat()
                        < MOST_ERROR;
            }
        });
    }

    private static List<NDArray> blockMatrices(Architecture architecture, List<NDArray> weights) {
        return IntStream.range(0, weights.size())
                .filter(i -> isMatrix(architecture, i))
                .mapToObj(weights::get)
                .toList();
    }

    private static List<NDArray> packed(
            Architecture architecture,
            List<NDArray> weights,
            UnaryOperator<NDArray> unpacked,
            Packing packing,
            NDManager manager) {
        TorchScript program = packing.program();
        NDArray nothing = unpacked.apply(manager.zeros(new Shape(0, 0), DataType.FLOAT32));
        boolean tied = architecture.constants().tied();
        NDArray packedHead = packing.withHead() ? pack(weights.get(architecture.head()), false, program, manager) : nothing;
        List<NDArray> operands = new ArrayList<>();
        List<NDArray> packed = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            NDArray weight = weights.get(i);
            boolean isMatrix = isMatrix(architecture, i);
            boolean isBias = architecture.constants().biased() && isMatrix(architecture, i - 1);
            boolean isHead = packing.withHead() && !tied && i == weights.size() - 1;
            packed.add(isMatrix ? pack(weight, architecture.inputByOutput(), program, manager) : nothing);
            operands.add(isMatrix || isHead ? nothing : isBias ? pack(weight, false, program, manager) : unpacked.apply(weight));
            if (isMatrix || isBias || isHead) {
                weight.close();
            }
        }
        operands.addAll(packed);
        operands.add(packing.withHead() ? packedHead : operands.get(architecture.head()));
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
        return kept(packing.method("pack").with(weight).with(transposed), manager);
    }

    private static NDArray kept(TorchScript.Call call, NDManager manager) {
        try (NDManager temporary = manager.newSubManager()) {
            NDList result = call.run(temporary);
            result.attach(manager);
            return result.get(0);
        }
    }
}
