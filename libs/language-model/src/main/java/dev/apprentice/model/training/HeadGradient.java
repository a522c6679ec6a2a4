package dev.apprentice.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.network.Network;
import java.util.Optional;

/**
 * Memory for the gradient of a model's head, the largest gradient of all, reused from step to step. Otherwise the C library would
 * map a block of this size anew each time, and the system would fill it with zeros first. Adapters need none.
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

    /**
     * Returns the memory for the head's gradient of a step's batch. Its contents are undefined. Only the first batch uses the
     * memory that is kept.
     *
     * @param batch its place in the step, from 0
     */
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
