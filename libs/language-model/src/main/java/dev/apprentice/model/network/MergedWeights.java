package dev.apprentice.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.lora.LoraAdapter;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.model.torchscript.HostMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network's weights with its adapter's change merged in. Each is computed when it is needed, because all together take much
 * memory.
 */
final class MergedWeights {

    private final TrainableNetwork network;
    private final LoraAdapter adapter;

    MergedWeights(TrainableNetwork network, LoraAdapter adapter) {
        this.network = network;
        this.adapter = adapter;
    }

    /** Returns the weights as data to write; each merged weight is computed when its turn comes. */
    List<TensorData> data(List<TensorData> unadapted) {
        return IntStream.range(0, unadapted.size())
                .mapToObj(weight -> adapter.adapts(weight) ? data(unadapted.get(weight), weight) : unadapted.get(weight))
                .toList();
    }

    private TensorData data(TensorData unadapted, int weight) {
        return new TensorData(unadapted.name(), unadapted.type(), unadapted.shape(), (Iterable<ByteBuffer>) () -> {
            try (NDManager temporary = network.newManager()) {
                List<ByteBuffer> kept = new ArrayList<>();
                HostMemory.pieces(merged(weight, temporary)).forEach(piece ->
                        kept.add(ByteBuffer.allocate(piece.remaining()).order(piece.order()).put(piece).flip()));
                return kept.iterator();
            }
        });
    }

    /** Replaces the network's own weights with the merged ones. */
    void overwrite() {
        List<NDArray> weights = network.weights();
        for (int weight = 0; weight < weights.size(); weight++) {
            if (adapter.adapts(weight)) {
                try (NDManager temporary = network.newManager()) {
                    NDArray merged = merged(weight, temporary);
                    network.method("overwrite").with(weights.get(weight)).with(merged).run(temporary);
                }
            }
        }
    }

    private NDArray merged(int weight, NDManager temporary) {
        List<NDArray> tensors = new ArrayList<>(network.weights());
        tensors.addAll(adapter.tensors());
        return network.method("merged").with(tensors).with((long) weight).run(temporary).get(0);
    }
}
