package dev.apprentice.model.training;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.family.Constants;
import dev.apprentice.model.network.Network;

/** A graphics card's attention over rows of different lengths that stand one after another, without padding. */
final class GapFreeAttention {

    private static final System.Logger LOG = System.getLogger(GapFreeAttention.class.getName());

    private GapFreeAttention() {}

    /**
     * Tells whether this operator, which computes in 16 bits only, runs for the model on its device; tries it on three tokens,
     * forwards and backwards.
     */
    static boolean isThere(Network network) {
        Constants constants = network.architecture().constants();
        if (constants.window().isPresent() || constants.attentionCap() > 0) { // such models compute scores on the grid
            return false;
        }
        try (NDManager temporary = network.newManager()) {
            network.method("try_without_gaps").with(temporary.create(new int[] {0, 1, 3})).runWithGradients(temporary);
            return true;
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.DEBUG, "attention is computed on a grid, because the operator without gaps fails here", e);
            return false;
        }
    }
}
