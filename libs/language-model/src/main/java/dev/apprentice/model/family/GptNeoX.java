package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.util.ArrayList;
import java.util.List;

/**
 * GPT-NeoX (Black et al., 2022) and Pythia (Biderman et al., 2023): rotary positions on part of each head, attention and
 * feed-forward part in parallel, a head that is not tied. Published sizes: Pythia 70M and up.
 */
final class GptNeoX {

    private static final String PREFIX = "gpt_neox.";
    private static final int WEIGHTS_OF_A_BLOCK = 12;

    private GptNeoX() {}

    static Architecture architecture(ModelConfiguration configuration, JsonFile config) {
        int width = configuration.width();
        int heads = config.upTo(ModelLimits.HEADS, "num_attention_heads");
        if (width % heads != 0) {
            throw new ModelException(
                    config.path() + ": hidden_size " + width + " is not a multiple of num_attention_heads " + heads);
        }
        if (!config.flag("attention_bias", true)) {
            throw new ModelException(
                    config.path() + ": field 'attention_bias' is false; that variant of GPT-NeoX is not supported");
        }
        if (config.positive("head_dim", width / heads) != width / heads) {
            throw new ModelException(config.path() + ": field 'head_dim' is not hidden_size / num_attention_heads, which is "
                    + width / heads + "; that variant of GPT-NeoX is not supported");
        }
        boolean tied = config.flag("tie_word_embeddings", false);
        return new Architecture(
                configuration,
                List.of("gptneox.torchscript", "rotary.torchscript", "rotate.torchscript"),
                ConstantsBuilder.builder()
                        .heads(new Heads(heads, heads, width / heads))
                        .normEpsilon(config.number("layer_norm_eps", 1e-5))
                        .blockSize(WEIGHTS_OF_A_BLOCK)
                        .biased(true)
                        .tied(tied)
                        .inverseFrequencies(RotaryEmbedding.gptNeoX(config, width / heads))
                        .own(new Constants.Own.GptNeoX(config.flag("use_parallel_residual", true)))
                        .build(),
                Activation.named(config, "hidden_act", "gelu"),
                weights(configuration, config, tied),
                PREFIX,
                false);
    }

    private static List<Weight> weights(ModelConfiguration configuration, JsonFile config, boolean tied) {
        int width = configuration.width();
        int inner = config.upTo(ModelLimits.INNER, "intermediate_size");
        double deviation = config.number("initializer_range", 0.02);
        List<Weight> weights = new ArrayList<>();
        weights.add(Weight.normal(PREFIX + "embed_in.weight", deviation, configuration.vocabularySize(), width));
        for (int layer = 0; layer < configuration.layers(); layer++) {
            String block = PREFIX + "layers." + layer + ".";
            weights.add(Weight.ones(block + "input_layernorm.weight", width));
            weights.add(Weight.zeros(block + "input_layernorm.bias", width));
            weights.add(Weight.ones(block + "post_attention_layernorm.weight", width));
            weights.add(Weight.zeros(block + "post_attention_layernorm.bias", width));
            weights.add(Weight.normal(block + "attention.query_key_value.weight", deviation, 3L * width, width));
            weights.add(Weight.zeros(block + "attention.query_key_value.bias", 3L * width));
            weights.add(Weight.normal(block + "attention.dense.weight", deviation, width, width));
            weights.add(Weight.zeros(block + "attention.dense.bias", width));
            weights.add(Weight.normal(block + "mlp.dense_h_to_4h.weight", deviation, inner, width));
            weights.add(Weight.zeros(block + "mlp.dense_h_to_4h.bias", inner));
            weights.add(Weight.normal(block + "mlp.dense_4h_to_h.weight", deviation, width, inner));
            weights.add(Weight.zeros(block + "mlp.dense_4h_to_h.bias", width));
        }
        weights.add(Weight.ones(PREFIX + "final_layer_norm.weight", width));
        weights.add(Weight.zeros(PREFIX + "final_layer_norm.bias", width));
        if (!tied) {
            weights.add(Weight.normal("embed_out.weight", deviation, configuration.vocabularySize(), width));
        }
        return weights;
    }
}
