package dev.apprentice.model.generation;

import java.util.Set;

/**
 * Greedy decoding.
 *
 * @param maxNewTokens limit of new tokens a row, at least 1
 * @param stopIds ids that end a row
 */
public record GenerationSettings(int maxNewTokens, Set<Integer> stopIds) {

    /** @throws IllegalArgumentException if the limit is below 1 */
    public GenerationSettings {
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException("maxNewTokens is " + maxNewTokens + "; it must be at least 1");
        }
        stopIds = Set.copyOf(stopIds);
    }
}
