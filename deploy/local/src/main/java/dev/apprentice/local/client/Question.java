package dev.apprentice.local.client;

import java.util.Optional;

/**
 * What a person asks a tuned model.
 *
 * @param instruction what is asked
 * @param input what it is asked about
 * @param run whose checkpoint answers; the newest of all runs where empty
 * @param step which checkpoint of the run; its newest where empty
 * @param maxNewTokens tokens the answer may have; the service decides where empty
 */
public record Question(
        String instruction,
        Optional<String> input,
        Optional<String> run,
        Optional<Integer> step,
        Optional<Integer> maxNewTokens) {}
