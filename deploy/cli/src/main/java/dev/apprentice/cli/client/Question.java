package dev.apprentice.cli.client;

import java.util.Optional;

/**
 * What a person asks a tuned model.
 *
 * @param instruction what is asked
 * @param input what it is asked about
 * @param run whose checkpoint answers; the newest of all runs where empty
 * @param step which checkpoint of the run; its newest where empty
 * @param maxNewTokens tokens the answer may have; the service decides where empty
 * @param temperature how freely tokens are drawn; the likeliest are taken where empty
 * @param topP the probability that those drawn from reach together
 * @param seed of the drawing
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

    /** Asked of the model that answers where none is named. */
    public static Question of(String instruction, int maxNewTokens) {
        return new Question(instruction, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(maxNewTokens),
                Optional.empty(), Optional.empty(), Optional.empty(), true);
    }
}
