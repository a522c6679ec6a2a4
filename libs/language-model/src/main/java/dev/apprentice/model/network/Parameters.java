package dev.apprentice.model.network;

import ai.djl.ndarray.NDArray;
import dev.apprentice.model.safetensors.SafetensorsType;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.model.torchscript.HostMemory;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is trained of a model: all its weights, or the adapters beside them.
 *
 * @param names under which they are written
 * @param tensors float32
 * @param operands what the program computes with: the tensors themselves, or narrower copies that are to follow them
 */
public record Parameters(List<String> names, List<NDArray> tensors, List<NDArray> operands) {

    /** Whether the operands are copies. */
    public boolean haveCopies() {
        return operands != tensors;
    }

    /** Frees the operands that are copies; the tensors stay. */
    void closeCopies() {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i) != tensors.get(i)) {
                operands.get(i).close();
            }
        }
    }

    /** To be written, each under its name. */
    public List<TensorData> data() {
        return data("", tensors);
    }

    /** Float32 tensors that go with the parameters one to one, to be written under their names behind a prefix. */
    public List<TensorData> data(String prefix, List<NDArray> companions) {
        return IntStream.range(0, companions.size())
                .mapToObj(i -> new TensorData(
                        prefix + names.get(i),
                        SafetensorsType.F32,
                        companions.get(i).getShape().getShape(),
                        HostMemory.pieces(companions.get(i))))
                .toList();
    }
}
