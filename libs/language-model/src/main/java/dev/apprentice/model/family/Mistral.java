package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.json.JsonFile;
import java.util.List;

/** Mistral (Jiang et al., 2023): like Llama, with a sliding window on all layers if config.json has one. */
final class Mistral {

    private Mistral() {}

    static Architecture architecture(ModelConfiguration configuration, JsonFile config) {
        Heads heads = Heads.read(configuration, config);
        int width = configuration.width();
        int inner = config.upTo(ModelLimits.INNER, "intermediate_size");
        LlamaFrame frame = new LlamaFrame(configuration, config, heads, 1)
                .refuse("attention_bias", "mlp_bias")
                .norm("input_layernorm", width)
                .matrix("self_attn.q_proj", heads.queries(), width)
                .matrix("self_attn.k_proj", heads.keys(), width)
                .matrix("self_attn.v_proj", heads.keys(), width)
                .matrix("self_attn.o_proj", width, heads.queries())
                .norm("post_attention_layernorm", width)
                .matrix("mlp.gate_proj", inner, width)
                .matrix("mlp.up_proj", inner, width)
                .matrix("mlp.down_proj", width, inner)
                .own(new Constants.Own.Llama(false, false));
        if (config.field("sliding_window").isPresent()) {
            frame.window(config.positive("sliding_window"), layer -> true);
        }
        return frame.architecture(
                List.of("llama.torchscript", "rms.torchscript", "rotary.torchscript", "rotate.torchscript"),
                Activation.named(config, "hidden_act", "silu"),
                false,
                1e-6);
    }
}
