package dev.apprentice.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.FromParts;
import dev.apprentice.model.file.TensorEntry;
import dev.apprentice.model.network.Parameters;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.safetensors.SafetensorsType;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.model.torchscript.HostMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * AdamW's state, as it is saved.
 *
 * @param parameters the parameters that the moments belong to
 * @param first the first moments, one for each parameter and of its shape, float32
 * @param second the second moments, likewise
 * @param step the number of steps done, in this process and before; float32
 */
record Moments(Parameters parameters, List<NDArray> first, List<NDArray> second, NDArray step) {

    private static final String FIRST = "exp_avg.";
    private static final String SECOND = "exp_avg_sq.";
    private static final String STEP = "step";

    long steps() {
        return (long) step.getFloat();
    }

    UnsavedTensors unsaved() {
        List<TensorData> tensors = new ArrayList<>(parameters.data(FIRST, first));
        tensors.addAll(parameters.data(SECOND, second));
        tensors.add(new TensorData(STEP, SafetensorsType.F32, new long[0], HostMemory.pieces(step)));
        return new UnsavedTensors(tensors, Map.of());
    }

    void load(Path file) {
        try (SafetensorsFile state = SafetensorsFile.open(file)) {
            for (int i = 0; i < first.size(); i++) {
                String name = parameters.names().get(i);
                read(state, FIRST + name, first.get(i));
                read(state, SECOND + name, second.get(i));
            }
            read(state, STEP, step);
        }
    }

    private static void read(SafetensorsFile state, String name, NDArray into) {
        TensorEntry<SafetensorsType> entry = state.entries().get(name);
        if (entry == null || entry.type() != SafetensorsType.F32 || !new Shape(entry.shape()).equals(into.getShape())) {
            throw new ModelException("the optimizer state " + state.path() + " has "
                    + (entry == null ? "no tensor '" + name + "'" : entry) + ", but the model needs F32" + into.getShape()
                    + "; it belongs to another model");
        }
        HostMemory.overwrite(into, new FromParts(state.parts(name)));
    }
}
