package dev.apprentice.cli.client;

import java.util.Optional;

/**
 * A question that a person asks a tuned model.
 *
 * @param instruction what is asked
 * @param input what it is asked about
 * @param run the run whose checkpoint answers; empty for the newest of all runs
 * @param step the checkpoint's step; empty for the run's newest
 * @param maxNewTokens tokens the answer may have; empty for the service's default
 * @param temperature how freely tokens are sampled; empty for greedy decoding
 * @param topP the total probability of the tokens that are sampled from
 * @param seed the seed of the sampling
 * @param stream whether the answer comes piece by piece
 */
public record Question(
        String instruction,
        Optional<String> input,
        Optional<String> run,
        Optional<Integer> step,
        Optional<Integer> maxNewTokens,
        Optional<Double> temperature,
        Optional<Double> topP,
        Optional<Long> seed,
        boolean stream) {

    /** Returns a question to the model that answers by default. */
    public static Question of(String instruction, int maxNewTokens) {
        return new Question(instruction, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(maxNewTokens),
                Optional.empty(), Optional.empty(), Optional.empty(), true);
    }
}
