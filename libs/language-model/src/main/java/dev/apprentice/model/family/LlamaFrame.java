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
 * What many families took over from Llama: a token embedding, blocks of matrices without biases and of RMS norms, a final RMS
 * norm, and a head that may be the embedding again. A family says what stands in a block.
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

    /** @param freshNorm what a norm's weights are before any training */
    LlamaFrame(ModelConfiguration configuration, JsonFile config, Heads heads, float freshNorm) {
        this.configuration = configuration;
        this.config = config;
        this.heads = heads;
        this.deviation = config.number("initializer_range", 0.02);
        this.freshNorm = freshNorm;
    }

    /** A config.json that asks for what the family's source does not compute is refused. */
    LlamaFrame refuse(String... flags) {
        for (String flag : flags) {
            if (config.flag(flag, false)) {
                throw new ModelException(config.path() + ": field '" + flag + "' is true; that variant of "
                        + configuration.modelType() + " is not supported");
            }
        }
        return this;
    }

    /** The next weight of a block. @param size its elements */
    LlamaFrame norm(String module, long size) {
        block.add(new Weight(module + ".weight", List.of(size), new Weight.Initial.Constant(freshNorm)));
        return this;
    }

    /** The next weight of a block. */
    LlamaFrame matrix(String module, long outputs, long inputs) {
        block.add(Weight.normal(module + ".weight", deviation, outputs, inputs));
        return this;
    }

    /**
     * Has some layers look at no more than the nearest tokens.
     *
     * @param layers which of them
     */
    LlamaFrame window(int tokens, IntPredicate layers) {
        constants.window(Optional.of(new Constants.SlidingWindow(tokens, eachLayer(layers))));
        return this;
    }

    /** For each layer whether something holds of it. */
    List<Boolean> eachLayer(IntPredicate layers) {
        return IntStream.range(0, configuration.layers()).mapToObj(layers::test).toList();
    }

    /** Others than {@linkplain RotaryEmbedding#llama Llama's}. */
    LlamaFrame inverseFrequencies(List<Double> frequencies) {
        constants.inverseFrequencies(frequencies);
        return this;
    }

    /** Has attention scores and logits approach bounds; 0 for none. */
    LlamaFrame caps(double attention, double logits) {
        constants.attentionCap(attention).logitCap(logits);
        return this;
    }

    /** What only the family's source asks for. */
    LlamaFrame own(Constants.Own own) {
        constants.own(own);
        return this;
    }

    /**
     * @param scripts the family's own parts of the program
     * @param tied whether the head is the embedding again where config.json does not say
     * @param epsilon of the norms where config.json does not say
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
