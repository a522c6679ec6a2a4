package dev.apprentice.model.generation;

import java.util.Set;

/**
 * How a prompt is continued.
 *
 * @param maxNewTokens the most new tokens of a row, at least 1
 * @param stopIds ids that end a row
 * @param sampling how the next token is chosen
 */
public record GenerationSettings(int maxNewTokens, Set<Integer> stopIds, Sampling sampling) {

    /** @throws IllegalArgumentException if the limit is below 1 */
    public GenerationSettings {
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException("maxNewTokens is " + maxNewTokens + "; it must be at least 1");
        }
        stopIds = Set.copyOf(stopIds);
    }

    /** Creates settings for greedy decoding. */
    public GenerationSettings(int maxNewTokens, Set<Integer> stopIds) {
        this(maxNewTokens, stopIds, Sampling.GREEDY);
    }
}
