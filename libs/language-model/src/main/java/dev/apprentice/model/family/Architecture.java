package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import java.util.List;

/**
 * The meaning of a model's config.json: its constants, its weights, and the program that runs it.
 *
 * @param configuration the part that all families have in common
 * @param scripts the family's own parts of the program, resources beside this class
 * @param constants the constants that the program computes with
 * @param activation the function between the two parts of a feed-forward layer
 * @param weights in the order in which the program takes them: token embedding, position embedding if there is one, the blocks,
 *     the final norm, and the head unless it is tied to the token embedding
 * @param prefix the prefix of the published weights' names, which some files lack
 * @param inputByOutput whether matrices are stored [inputs, outputs], like GPT-2's, instead of [outputs, inputs]
 */
public record Architecture(
        ModelConfiguration configuration,
        List<String> scripts,
        Constants constants,
        Activation activation,
        List<Weight> weights,
        String prefix,
        boolean inputByOutput) {

    /** Tells whether a weight belongs to a block, and not to the embeddings, the final norm or the head. */
    public boolean isInBlock(int weight) {
        int first = constants.learnedPositions() ? 2 : 1;
        return weight >= first && weight < first + configuration.layers() * constants.blockSize();
    }

    /** Returns the index of the head's weight. */
    public int head() {
        return constants.tied() ? 0 : weights.size() - 1;
    }
}
