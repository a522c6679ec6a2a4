package dev.apprentice.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.network.Network;
import java.util.Optional;

/**
 * Memory for the gradient of a model's head, the largest of all, kept from step to step: the C library maps blocks of this
 * size anew each time, and the system fills them with zeros before anything can be written. Adapters need none.
 */
final class HeadGradient implements AutoCloseable {

    private final Network network;
    private final NDManager manager;
    private final Optional<NDArray> kept;

    HeadGradient(Network network) {
        this.network = network;
        manager = network.newManager();
        kept = network.adapter().isPresent() ? Optional.empty() : Optional.of(create(manager));
    }

    /** Where a step's batch, counted from 0, is to write it; contents are undefined. Only the first one's is kept memory. */
    Optional<NDArray> ofBatch(int batch, NDManager temporary) {
        return kept.map(first -> batch == 0 ? first : create(temporary));
    }

    private NDArray create(NDManager owner) {
        return network.method("new_head_gradient").with(network.operands()).run(owner).get(0);
    }

    @Override
    public void close() {
        manager.close();
    }
}
