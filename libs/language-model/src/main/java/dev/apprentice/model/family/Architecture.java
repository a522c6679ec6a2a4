package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import java.util.List;

/**
 * What a model's config.json comes to: its figures, its weights, and the program that runs it.
 *
 * @param configuration what all families have
 * @param scripts the family's own parts of the program, resources beside this class
 * @param constants the figures that the program computes with
 * @param activation between the two parts of a feed-forward layer
 * @param weights in the order in which the program takes them: token embedding, position embedding where there is one,
 *     the blocks, the final norm, and the head unless it is tied to the token embedding
 * @param prefix with which the published weights' names begin, and which some files lack
 * @param inputByOutput whether matrices are stored [inputs, outputs], as GPT-2's are, instead of [outputs, inputs]
 */
public record Architecture(
        ModelConfiguration configuration,
        List<String> scripts,
        Constants constants,
        Activation activation,
        List<Weight> weights,
        String prefix,
        boolean inputByOutput) {

    /** Whether a weight belongs to a block, and not to the embeddings, the final norm or the head. */
    public boolean isInBlock(int weight) {
        int first = constants.learnedPositions() ? 2 : 1;
        return weight >= first && weight < first + configuration.layers() * constants.blockSize();
    }

    /** Which weight the head multiplies by. */
    public int head() {
        return constants.tied() ? 0 : weights.size() - 1;
    }
}
