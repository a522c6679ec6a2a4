package dev.apprentice.model.training;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.family.Constants;
import dev.apprentice.model.network.Network;

/** The graphics card's attention over rows of different lengths, one behind the other. */
final class GapFreeAttention {

    private static final System.Logger LOG = System.getLogger(GapFreeAttention.class.getName());

    private GapFreeAttention() {}

    /** Whether it runs for this model on its device: it is tried on three tokens. It computes in 16 bits only. */
    static boolean isThere(Network network) {
        Constants constants = network.architecture().constants();
        if (constants.window().isPresent() || constants.attentionCap() > 0) { // scores are computed on the grid then
            return false;
        }
        try (NDManager temporary = network.newManager()) {
            network.method("try_without_gaps").with(temporary.create(new int[] {0, 1, 3})).run(temporary);
            return true;
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.DEBUG, "attention is computed on a grid, because the operator without gaps fails here", e);
            return false;
        }
    }
}
