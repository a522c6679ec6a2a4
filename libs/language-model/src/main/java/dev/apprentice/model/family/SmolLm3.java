package dev.apprentice.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.json.JsonFile;
import java.util.List;
import java.util.Optional;

/** SmolLM3 (Hugging Face, 2025): like Llama, with some layers without positions ("NoPE", Yang et al., 2025). Published size: 3B. */
final class SmolLm3 {

    private static final String ROTATED = "no_rope_layers";
    private static final String INTERVAL = "no_rope_layer_interval";

    private SmolLm3() {}

    static Architecture architecture(ModelConfiguration configuration, JsonFile config) {
        Heads heads = Heads.read(configuration, config);
        int width = configuration.width();
        int inner = config.upTo(ModelLimits.INNER, "intermediate_size");
        LlamaFrame frame = new LlamaFrame(configuration, config, heads, 1)
                .refuse("attention_bias", "mlp_bias", "use_sliding_window")
                .norm("input_layernorm", width)
                .matrix("self_attn.q_proj", heads.queries(), width)
                .matrix("self_attn.k_proj", heads.keys(), width)
                .matrix("self_attn.v_proj", heads.keys(), width)
                .matrix("self_attn.o_proj", width, heads.queries())
                .norm("post_attention_layernorm", width)
                .matrix("mlp.gate_proj", inner, width)
                .matrix("mlp.up_proj", inner, width)
                .matrix("mlp.down_proj", width, inner);
        rotated(frame, configuration, config);
        return frame.architecture(
                List.of("smollm3.torchscript", "rms.torchscript", "rotary.torchscript", "rotate.torchscript"),
                Activation.named(config, "hidden_act", "silu"),
                true,
                1e-6);
    }

    /**
     * Sets the layers with rotary positions. Despite its name, the field has a 1 for each such layer. Without the field, every
     * fourth layer has none.
     */
    private static void rotated(LlamaFrame frame, ModelConfiguration configuration, JsonFile config) {
        Optional<JsonNode> flags = config.field(ROTATED);
        int interval = config.positive(INTERVAL, 4);
        if (flags.isEmpty()) {
            frame.own(new Constants.Own.SmolLm3(frame.eachLayer(layer -> (layer + 1) % interval != 0)));
            return;
        }
        JsonNode list = flags.get();
        boolean isOneEach = list.isArray() && list.size() == configuration.layers();
        for (JsonNode flag : list) {
            isOneEach &= flag.isInt() && (flag.intValue() == 0 || flag.intValue() == 1);
        }
        if (!isOneEach) {
            throw config.wrong(ROTATED, list, "a 0 or 1 for each of the " + configuration.layers() + " layers");
        }
        frame.own(new Constants.Own.SmolLm3(frame.eachLayer(layer -> list.get(layer).intValue() == 1)));
    }
}
