package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.json.JsonFile;
import java.util.List;

/** Qwen3 (Yang et al., 2025): like Llama, with norms on each head's query and key. Published sizes: 0.6B to 32B. */
final class Qwen3 {

    private static final int HEAD_WIDTH = 128;

    private Qwen3() {}

    static Architecture architecture(ModelConfiguration configuration, JsonFile config) {
        Heads heads = Heads.read(config, HEAD_WIDTH);
        int width = configuration.width();
        int inner = config.upTo(ModelLimits.INNER, "intermediate_size");
        return new LlamaFrame(configuration, config, heads, 1)
                .refuse("attention_bias", "use_sliding_window")
                .norm("input_layernorm", width)
                .matrix("self_attn.q_proj", heads.queries(), width)
                .matrix("self_attn.k_proj", heads.keys(), width)
                .matrix("self_attn.v_proj", heads.keys(), width)
                .matrix("self_attn.o_proj", width, heads.queries())
                .norm("self_attn.q_norm", heads.width())
                .norm("self_attn.k_norm", heads.width())
                .norm("post_attention_layernorm", width)
                .matrix("mlp.gate_proj", inner, width)
                .matrix("mlp.up_proj", inner, width)
                .matrix("mlp.down_proj", width, inner)
                .architecture(
                        List.of("qwen3.torchscript", "rms.torchscript", "rotary.torchscript", "rotate.torchscript"),
                        Activation.named(config, "hidden_act", "silu"),
                        false,
                        1e-6);
    }
}
