package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.json.JsonFile;
import java.util.List;

/**
 * Phi-3 (Abdin et al., 2024): like Llama, with one matrix for query, key and value and one for both inputs of the feed-forward
 * part. Published sizes: mini (3.8B), medium (14B), Phi-4 and Phi-4-mini. Those for long contexts are refused, because their rope
 * scaling is not supported.
 */
final class Phi3 {

    private Phi3() {}

    static Architecture architecture(ModelConfiguration configuration, JsonFile config) {
        Heads heads = Heads.read(configuration, config);
        int width = configuration.width();
        int inner = config.upTo(ModelLimits.INNER, "intermediate_size");
        LlamaFrame frame = new LlamaFrame(configuration, config, heads, 1)
                .refuse("attention_bias", "mlp_bias")
                .norm("input_layernorm", width)
                .matrix("self_attn.qkv_proj", heads.queries() + 2 * heads.keys(), width)
                .matrix("self_attn.o_proj", width, heads.queries())
                .norm("post_attention_layernorm", width)
                .matrix("mlp.gate_up_proj", 2L * inner, width)
                .matrix("mlp.down_proj", width, inner)
                .inverseFrequencies(RotaryEmbedding.phi3(config, heads.width()));
        if (config.field("sliding_window").isPresent()) {
            frame.window(config.positive("sliding_window"), layer -> true);
        }
        return frame.architecture(
                List.of("phi3.torchscript", "rms.torchscript", "rotary.torchscript", "rotate.torchscript"),
                Activation.named(config, "hidden_act", "silu"),
                false,
                1e-5);
    }
}
