package dev.apprentice.model.gguf;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Maps the names of weights in Hugging Face's transformers to llama.cpp's. */
final class TensorNames {

    private static final Pattern IN_BLOCK = Pattern.compile("(?:transformer\\.h|model\\.layers|gpt_neox\\.layers)\\.(\\d+)\\.(.+)\\.(weight|bias)");
    private static final Pattern OUTSIDE = Pattern.compile("(.+)\\.(weight|bias)");

    private static final Map<String, String> OUTSIDE_BLOCKS = Map.of(
            "transformer.wte", "token_embd",
            "transformer.wpe", "position_embd",
            "transformer.ln_f", "output_norm",
            "model.embed_tokens", "token_embd",
            "model.norm", "output_norm",
            "gpt_neox.embed_in", "token_embd",
            "gpt_neox.final_layer_norm", "output_norm",
            "embed_out", "output",
            "lm_head", "output");

    private static final Map<String, String> IN_BLOCKS = Map.ofEntries(
            Map.entry("ln_1", "attn_norm"),
            Map.entry("attn.c_attn", "attn_qkv"),
            Map.entry("attn.c_proj", "attn_output"),
            Map.entry("ln_2", "ffn_norm"),
            Map.entry("mlp.c_fc", "ffn_up"),
            Map.entry("mlp.c_proj", "ffn_down"),
            Map.entry("attention.query_key_value", "attn_qkv"),
            Map.entry("attention.dense", "attn_output"),
            Map.entry("mlp.dense_h_to_4h", "ffn_up"),
            Map.entry("mlp.dense_4h_to_h", "ffn_down"),
            Map.entry("input_layernorm", "attn_norm"),
            Map.entry("self_attn.q_proj", "attn_q"),
            Map.entry("self_attn.k_proj", "attn_k"),
            Map.entry("self_attn.v_proj", "attn_v"),
            Map.entry("self_attn.o_proj", "attn_output"),
            Map.entry("self_attn.qkv_proj", "attn_qkv"),
            Map.entry("mlp.gate_up_proj", "ffn_up"),
            Map.entry("self_attn.q_norm", "attn_q_norm"),
            Map.entry("self_attn.k_norm", "attn_k_norm"),
            Map.entry("post_attention_layernorm", "ffn_norm"),
            Map.entry("mlp.gate_proj", "ffn_gate"),
            Map.entry("mlp.up_proj", "ffn_up"),
            Map.entry("mlp.down_proj", "ffn_down"));

    private TensorNames() {}

    /**
     * Returns llama.cpp's name; empty if there is none.
     *
     * @param others the family's own names for weights in a block
     */
    static Optional<String> of(String name, Map<String, String> others) {
        Matcher inBlock = IN_BLOCK.matcher(name);
        if (inBlock.matches()) {
            return Optional.ofNullable(others.getOrDefault(inBlock.group(2), IN_BLOCKS.get(inBlock.group(2))))
                    .map(part -> "blk." + inBlock.group(1) + "." + part + "." + inBlock.group(3));
        }
        Matcher outside = OUTSIDE.matcher(name);
        return outside.matches()
                ? Optional.ofNullable(OUTSIDE_BLOCKS.get(outside.group(1))).map(part -> part + "." + outside.group(2))
                : Optional.empty();
    }
}
