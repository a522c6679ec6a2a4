package dev.apprentice.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Device;
import dev.apprentice.model.file.FromParts;
import dev.apprentice.model.safetensors.SafetensorsWriter;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.model.torchscript.HostMemory;
import dev.apprentice.model.torchscript.PyTorch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contents of a file of tensors before it is written. Writing takes the tensors as they are at that moment. A
 * {@linkplain #held() held} copy stays as it was, and any thread may write it while the model changes.
 */
public final class UnsavedTensors implements AutoCloseable {

    private final List<TensorData> tensors;
    private final Map<String, String> metadata;
    private final Optional<NDManager> copies;

    /** @param metadata the file's metadata */
    public UnsavedTensors(List<TensorData> tensors, Map<String, String> metadata) {
        this(tensors, metadata, Optional.empty());
    }

    private UnsavedTensors(List<TensorData> tensors, Map<String, String> metadata, Optional<NDManager> copies) {
        this.tensors = List.copyOf(tensors);
        this.metadata = Map.copyOf(metadata);
        this.copies = copies;
    }

    /** Returns a copy of all tensors, which stays in the host's memory until it is closed. */
    public UnsavedTensors held() {
        NDManager memory = PyTorch.newManager(Device.CPU);
        try {
            List<TensorData> held = tensors.stream().map(tensor -> copied(tensor, memory)).toList();
            return new UnsavedTensors(held, metadata, Optional.of(memory));
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    private static TensorData copied(TensorData tensor, NDManager memory) {
        NDArray copy = HostMemory.newTensor(memory, tensor.shape(), new FromParts(tensor.pieces()));
        return new TensorData(tensor.name(), tensor.type(), tensor.shape(), HostMemory.pieces(copy));
    }

    /** Returns the size of a copy, in bytes. */
    public long bytes() {
        return tensors.stream().mapToLong(tensor -> tensor.type().bytes(tensor.shape()).orElseThrow()).sum();
    }

    /** @throws dev.apprentice.model.ModelException if the file cannot be written */
    public void write(Path file) {
        SafetensorsWriter.write(file, tensors, metadata);
    }

    @Override
    public void close() {
        copies.ifPresent(NDManager::close);
    }
}
