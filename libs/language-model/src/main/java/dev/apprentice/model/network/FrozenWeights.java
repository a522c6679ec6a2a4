package dev.apprentice.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.Precision;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.torchscript.TorchScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A model's weights for answering only; its matrices are {@linkplain Packing packed} where PyTorch supports that.
 *
 * @param program the program for packed weights; empty if the weights are plain
 * @param operands the tensors that the program computes with
 */
record FrozenWeights(Optional<TorchScript> program, List<NDArray> operands) {

    /** Reads the weights one by one and keeps only the form that is computed with. */
    static FrozenWeights read(Architecture architecture, Precision precision, WeightReader reader, NDManager manager) {
        Optional<Packing> packing = Packing.find(architecture, precision, manager);
        try {
            return new FrozenWeights(
                    packing.map(Packing::program),
                    packing.isPresent()
                            ? packed(architecture, reader, packing.get(), manager)
                            : IntStream.range(0, architecture.weights().size()).mapToObj(reader::read).toList());
        } catch (RuntimeException e) {
            packing.ifPresent(there -> there.program().close());
            throw e;
        }
    }

    private static List<NDArray> packed(Architecture architecture, WeightReader reader, Packing packing, NDManager manager) {
        NDArray nothing = packing.pack(manager.create(new Shape(0)), false, manager);
        boolean tied = architecture.constants().tied();
        NDArray packedHead = nothing;
        List<NDArray> operands = new ArrayList<>();
        List<NDArray> packed = new ArrayList<>();
        for (int i = 0; i < architecture.weights().size(); i++) {
            NDArray weight = reader.read(i);
            boolean isMatrix = Packing.isMatrix(architecture, i);
            boolean isBias = architecture.constants().biased() && Packing.isMatrix(architecture, i - 1);
            boolean isHead = packing.withHead() && i == architecture.head();
            if (isHead) {
                packedHead = packing.pack(weight, false, manager);
            }
            packed.add(isMatrix ? packing.pack(weight, architecture.inputByOutput(), manager) : nothing);
            operands.add(isMatrix || isHead && !tied ? nothing : isBias ? packing.pack(weight, false, manager) : weight);
            if (operands.get(i) != weight) {
                weight.close();
            }
        }
        operands.addAll(packed);
        operands.add(packing.withHead() ? packedHead : operands.get(architecture.head()));
        return List.copyOf(operands);
    }
}
