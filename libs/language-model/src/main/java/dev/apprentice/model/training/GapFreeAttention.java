package dev.apprentice.model.training;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.family.Network;
import java.util.Set;

/** The graphics card's attention over rows of different lengths, one behind the other. */
final class GapFreeAttention {

    private static final System.Logger LOG = System.getLogger(GapFreeAttention.class.getName());

    /** What it is not asked for: a family with one of these has its scores computed on the grid. */
    private static final Set<String> ON_THE_GRID = Set.of("window", "attention_cap");

    private GapFreeAttention() {}

    /** Whether it runs for this model on its device: it is tried on three tokens. It computes in 16 bits only. */
    static boolean isThere(Network network) {
        if (network.architecture().constants().keySet().stream().anyMatch(ON_THE_GRID::contains)) {
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
