package dev.apprentice.model.generation;

import java.util.Set;

/** Greedy decoding. @param maxNewTokens limit of new tokens a row @param stopIds ids that end a row */
public record GenerationSettings(int maxNewTokens, Set<Integer> stopIds) {}
