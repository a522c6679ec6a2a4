package dev.apprentice.model.network;

import ai.djl.ndarray.NDArray;
import dev.apprentice.model.safetensors.SafetensorsType;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.model.torchscript.HostMemory;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The trained tensors of a model: all its weights, or an adapter's tensors.
 *
 * @param names the names under which they are saved
 * @param tensors float32
 * @param operands what the program computes with: the tensors themselves, or narrower copies that are kept up to date with them
 */
public record Parameters(List<String> names, List<NDArray> tensors, List<NDArray> operands) {

    /** Tells whether the operands are copies. */
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

    /** Returns the tensors as data to write, each under its name. */
    public List<TensorData> data() {
        return data("", tensors);
    }

    /**
     * Returns data to write for float32 tensors that belong to the parameters one to one; the name of each is prefix + parameter
     * name.
     */
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
