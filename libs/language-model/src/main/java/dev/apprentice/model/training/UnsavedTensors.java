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
 * What a file of tensors is to hold: the tensors as they are when it is written, or, once {@linkplain #held() held}, as they were
 * then. Held ones may be written by any thread while the model changes.
 */
public final class UnsavedTensors implements AutoCloseable {

    private final List<TensorData> tensors;
    private final Map<String, String> metadata;
    private final Optional<NDManager> copies;

    /** @param metadata of the file */
    public UnsavedTensors(List<TensorData> tensors, Map<String, String> metadata) {
        this(tensors, metadata, Optional.empty());
    }

    private UnsavedTensors(List<TensorData> tensors, Map<String, String> metadata, Optional<NDManager> copies) {
        this.tensors = List.copyOf(tensors);
        this.metadata = Map.copyOf(metadata);
        this.copies = copies;
    }

    /** A copy of everything, in the host's memory until it is closed. */
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

    /** Bytes that a copy takes. */
    public long bytes() {
        return tensors.stream().mapToLong(tensor -> tensor.type().bytes(tensor.shape()).orElseThrow()).sum();
    }

    /** @throws dev.apprentice.model.ModelException if the disk refuses */
    public void write(Path file) {
        SafetensorsWriter.write(file, tensors, metadata);
    }

    @Override
    public void close() {
        copies.ifPresent(NDManager::close);
    }
}
