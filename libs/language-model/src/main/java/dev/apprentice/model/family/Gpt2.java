package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.util.ArrayList;
import java.util.List;

/**
 * GPT-2 (Radford et al., 2019, "Language Models are Unsupervised Multitask Learners"): learned positions, layer norm before each
 * part of a block, head tied to the token embedding. Published sizes: 124M, 355M, 774M and 1.5B.
 */
final class Gpt2 {

    private static final String PREFIX = "transformer.";
    private static final double PUBLISHED_DEVIATION = 0.02;
    private static final int WEIGHTS_OF_A_BLOCK = 12;

    private Gpt2() {}

    static Architecture architecture(ModelConfiguration configuration, JsonFile config) {
        int width = configuration.width();
        int heads = config.upTo(ModelLimits.HEADS, "n_head");
        if (width % heads != 0) {
            throw new ModelException(config.path() + ": n_embd " + width + " is not a multiple of n_head " + heads);
        }
        refuse(config, "scale_attn_weights", false);
        refuse(config, "scale_attn_by_inverse_layer_idx", true);
        boolean tied = config.flag("tie_word_embeddings", true);
        List<Weight> weights = weights(
                configuration,
                config.upTo(ModelLimits.INNER, "n_inner", 4 * width),
                config.number("initializer_range", PUBLISHED_DEVIATION),
                tied);
        return new Architecture(
                configuration,
                List.of("gpt2.torchscript", "learned.torchscript"),
                ConstantsBuilder.builder()
                        .heads(new Heads(heads, heads, width / heads))
                        .normEpsilon(config.number("layer_norm_epsilon", 1e-5))
                        .blockSize(WEIGHTS_OF_A_BLOCK)
                        .learnedPositions(true)
                        .biased(true)
                        .tied(tied)
                        .build(),
                Activation.named(config, "activation_function", "gelu_new"),
                weights,
                PREFIX,
                true);
    }

    /** Lists the weights. As in the paper, projections that add to the residual stream are scaled by 1/sqrt of their number. */
    private static List<Weight> weights(
            ModelConfiguration configuration, int inner, double deviation, boolean tied) {
        int width = configuration.width();
        double residual = deviation / Math.sqrt(2.0 * configuration.layers());
        List<Weight> weights = new ArrayList<>();
        weights.add(Weight.normal(PREFIX + "wte.weight", deviation, configuration.vocabularySize(), width));
        weights.add(Weight.normal(PREFIX + "wpe.weight", deviation, configuration.contextLength(), width));
        for (int layer = 0; layer < configuration.layers(); layer++) {
            String block = PREFIX + "h." + layer + ".";
            weights.add(Weight.ones(block + "ln_1.weight", width));
            weights.add(Weight.zeros(block + "ln_1.bias", width));
            weights.add(Weight.normal(block + "attn.c_attn.weight", deviation, width, 3L * width));
            weights.add(Weight.zeros(block + "attn.c_attn.bias", 3L * width));
            weights.add(Weight.normal(block + "attn.c_proj.weight", residual, width, width));
            weights.add(Weight.zeros(block + "attn.c_proj.bias", width));
            weights.add(Weight.ones(block + "ln_2.weight", width));
            weights.add(Weight.zeros(block + "ln_2.bias", width));
            weights.add(Weight.normal(block + "mlp.c_fc.weight", deviation, width, inner));
            weights.add(Weight.zeros(block + "mlp.c_fc.bias", inner));
            weights.add(Weight.normal(block + "mlp.c_proj.weight", residual, inner, width));
            weights.add(Weight.zeros(block + "mlp.c_proj.bias", width));
        }
        weights.add(Weight.ones(PREFIX + "ln_f.weight", width));
        weights.add(Weight.zeros(PREFIX + "ln_f.bias", width));
        if (!tied) {
            weights.add(Weight.normal("lm_head.weight", deviation, configuration.vocabularySize(), width));
        }
        return weights;
    }

    private static void refuse(JsonFile config, String field, boolean value) {
        if (config.flag(field, !value) == value) {
            throw new ModelException(config.path() + ": field '" + field + "' is " + value
                    + "; that variant of GPT-2 is not supported");
        }
    }
}
