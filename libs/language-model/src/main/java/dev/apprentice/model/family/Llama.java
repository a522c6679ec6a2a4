package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Llama (Touvron et al., 2023), and Qwen2 (Yang et al., 2024), which differs only in its biases: RMS norm, rotary positions,
 * grouped-query attention, SwiGLU. Covers Llama 2 and 3, TinyLlama, SmolLM2, Qwen2 and Qwen2.5.
 */
final class Llama {

    private static final String PREFIX = "model.";
    private static final int UNBIASED_WEIGHTS_OF_A_BLOCK = 9;

    private Llama() {}

    static Architecture llama(ModelConfiguration configuration, JsonFile config) {
        boolean biased = config.flag("attention_bias", false);
        return architecture(configuration, config, biased, biased);
    }

    /** Builds Qwen2: the projections to query, key and value have biases, the output projection has none. */
    static Architecture qwen2(ModelConfiguration configuration, JsonFile config) {
        refuse(config, "use_sliding_window");
        return architecture(configuration, config, true, false);
    }

    private static Architecture architecture(
            ModelConfiguration configuration, JsonFile config, boolean biasedQueries, boolean biasedOutput) {
        refuse(config, "mlp_bias");
        Heads heads = Heads.read(configuration, config);
        boolean tied = config.flag("tie_word_embeddings", false);
        return new Architecture(
                configuration,
                List.of("llama.torchscript", "rms.torchscript", "rotary.torchscript", "rotate.torchscript"),
                ConstantsBuilder.builder()
                        .heads(heads)
                        .normEpsilon(config.number("rms_norm_eps", 1e-6))
                        .blockSize(UNBIASED_WEIGHTS_OF_A_BLOCK + (biasedQueries ? 3 : 0) + (biasedOutput ? 1 : 0))
                        .tied(tied)
                        .inverseFrequencies(RotaryEmbedding.llama(config, heads.width()))
                        .own(new Constants.Own.Llama(biasedQueries, biasedOutput))
                        .build(),
                Activation.named(config, "hidden_act", "silu"),
                weights(configuration, config, heads, biasedQueries, biasedOutput, tied),
                PREFIX,
                false);
    }

    private static List<Weight> weights(
            ModelConfiguration configuration,
            JsonFile config,
            Heads heads,
            boolean biasedQueries,
            boolean biasedOutput,
            boolean tied) {
        int width = configuration.width();
        int inner = config.upTo(ModelLimits.INNER, "intermediate_size");
        long queries = (long) heads.count() * heads.width();
        long keys = (long) heads.keyValues() * heads.width();
        double deviation = config.number("initializer_range", 0.02);
        List<Weight> weights = new ArrayList<>();
        weights.add(Weight.normal(PREFIX + "embed_tokens.weight", deviation, configuration.vocabularySize(), width));
        for (int layer = 0; layer < configuration.layers(); layer++) {
            String block = PREFIX + "layers." + layer + ".";
            weights.add(Weight.ones(block + "input_layernorm.weight", width));
            weights.add(Weight.normal(block + "self_attn.q_proj.weight", deviation, queries, width));
            weights.add(Weight.normal(block + "self_attn.k_proj.weight", deviation, keys, width));
            weights.add(Weight.normal(block + "self_attn.v_proj.weight", deviation, keys, width));
            weights.add(Weight.normal(block + "self_attn.o_proj.weight", deviation, width, queries));
            weights.add(Weight.ones(block + "post_attention_layernorm.weight", width));
            weights.add(Weight.normal(block + "mlp.gate_proj.weight", deviation, inner, width));
            weights.add(Weight.normal(block + "mlp.up_proj.weight", deviation, inner, width));
            weights.add(Weight.normal(block + "mlp.down_proj.weight", deviation, width, inner));
            if (biasedQueries) {
                weights.add(Weight.zeros(block + "self_attn.q_proj.bias", queries));
                weights.add(Weight.zeros(block + "self_attn.k_proj.bias", keys));
                weights.add(Weight.zeros(block + "self_attn.v_proj.bias", keys));
            }
            if (biasedOutput) {
                weights.add(Weight.zeros(block + "self_attn.o_proj.bias", width));
            }
        }
        weights.add(Weight.ones(PREFIX + "norm.weight", width));
        if (!tied) {
            weights.add(Weight.normal("lm_head.weight", deviation, configuration.vocabularySize(), width));
        }
        return weights;
    }

    private static void refuse(JsonFile config, String field) {
        if (config.flag(field, false)) {
            throw new ModelException(config.path() + ": field '" + field + "' is true; that variant is not supported");
        }
    }
}
