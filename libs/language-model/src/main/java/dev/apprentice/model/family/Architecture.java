package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import java.util.List;
import java.util.Map;

/**
 * What a model's config.json comes to: its figures, its weights, and the program that runs it.
 *
 * @param configuration what all families have
 * @param script the family's own part of the program, a resource beside this class
 * @param constants the figures that the program asks for as {@code self.NAME()}: whole numbers, fractions, booleans
 * @param activation the program's expression for the activation function of x
 * @param weights in the order in which the program takes them: token embedding, position embedding where there is one,
 *     the blocks, the final norm, and the head unless it is tied to the token embedding
 * @param prefix with which the published weights' names begin, and which some files lack
 */
public record Architecture(
        ModelConfiguration configuration,
        String script,
        Map<String, Object> constants,
        String activation,
        List<Weight> weights,
        String prefix) {}
