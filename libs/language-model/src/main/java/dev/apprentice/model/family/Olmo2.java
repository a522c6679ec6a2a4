package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.json.JsonFile;
import java.util.List;

/**
 * OLMo 2 (OLMo team, 2024): like Llama, with norms after the two parts of a block instead of before them. Further norms span all
 * queries and all keys of a token. Published sizes: 1B, 7B, 13B and 32B.
 */
final class Olmo2 {

    private Olmo2() {}

    static Architecture architecture(ModelConfiguration configuration, JsonFile config) {
        Heads heads = Heads.read(configuration, config);
        int width = configuration.width();
        int inner = config.upTo(ModelLimits.INNER, "intermediate_size");
        return new LlamaFrame(configuration, config, heads, 1)
                .refuse("attention_bias")
                .matrix("self_attn.q_proj", heads.queries(), width)
                .matrix("self_attn.k_proj", heads.keys(), width)
                .matrix("self_attn.v_proj", heads.keys(), width)
                .matrix("self_attn.o_proj", width, heads.queries())
                .norm("self_attn.q_norm", heads.queries())
                .norm("self_attn.k_norm", heads.keys())
                .norm("post_attention_layernorm", width)
                .matrix("mlp.gate_proj", inner, width)
                .matrix("mlp.up_proj", inner, width)
                .matrix("mlp.down_proj", width, inner)
                .norm("post_feedforward_layernorm", width)
                .architecture(
                        List.of("olmo2.torchscript", "rms.torchscript", "rotary.torchscript", "rotate.torchscript"),
                        Activation.named(config, "hidden_act", "silu"),
                        false,
                        1e-5);
    }
}
