package dev.apprentice.model.generation;

import java.util.List;
import java.util.Optional;

/**
 * What a row became.
 *
 * @param text up to the stop string, if it ended with one
 * @param tokens all that were generated, those of a stop string included; the stop id is not among them
 * @param reason why it ended
 * @param stopString the one that ended it
 */
public record GeneratedText(String text, List<Token> tokens, Generated.Reason reason, Optional<String> stopString) {

    /**
     * A generated token.
     *
     * @param id in the vocabulary
     * @param logProbability its natural logarithm, before penalty, temperature and filters
     */
    public record Token(int id, double logProbability) {}
}
