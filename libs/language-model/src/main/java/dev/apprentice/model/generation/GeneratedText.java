package dev.apprentice.model.generation;

import java.util.List;
import java.util.Optional;

/**
 * The continuation of a prompt as text.
 *
 * @param text the text before the stop string, if it ended with one
 * @param tokens all generated tokens, including those of a stop string, but not the stop id
 * @param reason why it ended
 * @param stopString the stop string that ended it, if one did
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
