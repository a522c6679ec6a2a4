package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The frame that many families took over from Llama: a token embedding, blocks of RMS norms and of matrices without biases, a
 * final RMS norm, and a head that may be tied to the embedding. A family adds the weights of a block.
 */
final class LlamaFrame {

    private static final String PREFIX = "model.";

    private final ModelConfiguration configuration;
    private final JsonFile config;
    private final Heads heads;
    private final double deviation;
    private final float freshNorm;
    private final List<Weight> block = new ArrayList<>();
    private final ConstantsBuilder constants = ConstantsBuilder.builder();

    /** @param freshNorm the initial value of a norm's weights */
    LlamaFrame(ModelConfiguration configuration, JsonFile config, Heads heads, float freshNorm) {
        this.configuration = configuration;
        this.config = config;
        this.heads = heads;
        this.deviation = config.number("initializer_range", 0.02);
        this.freshNorm = freshNorm;
    }

    /** Refuses a config.json in which one of these flags is true, because the family's source does not implement it. */
    LlamaFrame refuse(String... flags) {
        for (String flag : flags) {
            if (config.flag(flag, false)) {
                throw new ModelException(config.path() + ": field '" + flag + "' is true; that variant of "
                        + configuration.modelType() + " is not supported");
            }
        }
        return this;
    }

    /**
     * Adds a norm as the next weight of a block.
     *
     * @param size the number of its elements
     */
    LlamaFrame norm(String module, long size) {
        block.add(new Weight(module + ".weight", List.of(size), new Weight.Initial.Constant(freshNorm)));
        return this;
    }

    /** Adds a matrix as the next weight of a block. */
    LlamaFrame matrix(String module, long outputs, long inputs) {
        block.add(Weight.normal(module + ".weight", deviation, outputs, inputs));
        return this;
    }

    /**
     * Limits some layers' attention to the nearest tokens.
     *
     * @param tokens the size of the window, the token itself included
     * @param layers selects the layers
     */
    LlamaFrame window(int tokens, IntPredicate layers) {
        constants.window(Optional.of(new Constants.SlidingWindow(tokens, eachLayer(layers))));
        return this;
    }

    /** Evaluates a condition for each layer. */
    List<Boolean> eachLayer(IntPredicate layers) {
        return IntStream.range(0, configuration.layers()).mapToObj(layers::test).toList();
    }

    /** Sets other frequencies than {@linkplain RotaryEmbedding#llama Llama's}. */
    LlamaFrame inverseFrequencies(List<Double> frequencies) {
        constants.inverseFrequencies(frequencies);
        return this;
    }

    /** Sets the bounds that attention scores and logits approach; 0 for none. */
    LlamaFrame caps(double attention, double logits) {
        constants.attentionCap(attention).logitCap(logits);
        return this;
    }

    /** Sets the constants that only the family's source uses. */
    LlamaFrame own(Constants.Own own) {
        constants.own(own);
        return this;
    }

    /**
     * @param scripts the family's own parts of the program
     * @param tied whether the head is tied to the embedding if config.json does not say
     * @param epsilon the norms' epsilon if config.json does not say
     */
    Architecture architecture(List<String> scripts, Activation activation, boolean tied, double epsilon) {
        boolean isTied = config.flag("tie_word_embeddings", tied);
        if (constants.inverseFrequencies() == null) {
            constants.inverseFrequencies(RotaryEmbedding.llama(config, heads.width()));
        }
        constants.heads(heads)
                .normEpsilon(config.number("rms_norm_eps", epsilon))
                .blockSize(block.size())
                .tied(isTied);
        return new Architecture(configuration, scripts, constants.build(), activation, weights(isTied), PREFIX, false);
    }

    private List<Weight> weights(boolean tied) {
        int width = configuration.width();
        List<Weight> weights = new ArrayList<>();
        weights.add(Weight.normal(PREFIX + "embed_tokens.weight", deviation, configuration.vocabularySize(), width));
        for (int layer = 0; layer < configuration.layers(); layer++) {
            for (Weight weight : block) {
                weights.add(new Weight(PREFIX + "layers." + layer + "." + weight.name(), weight.shape(), weight.initial()));
            }
        }
        weights.add(new Weight(PREFIX + "norm.weight", List.of((long) width), new Weight.Initial.Constant(freshNorm)));
        if (!tied) {
            weights.add(Weight.normal("lm_head.weight", deviation, configuration.vocabularySize(), width));
        }
        return weights;
    }
}
