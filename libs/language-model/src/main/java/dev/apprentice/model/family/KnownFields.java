package dev.apprentice.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the fields of a config.json that the family did not read. Some change what a model computes and are refused, many are
 * known to be harmless, and a warning names the rest.
 */
final class KnownFields {

    private static final Predicate<JsonNode> OFF = value ->
            value.isBoolean() && !value.booleanValue()
                    || value.isNumber() && value.doubleValue() == 0
                    || value.isContainerNode() && value.isEmpty();
    private static final Predicate<JsonNode> ON = value -> value.isBoolean() && value.booleanValue();
    private static final Predicate<JsonNode> ONE = value -> value.isNumber() && value.doubleValue() == 1;

    /** Fields that change what a model computes, with the values that do not. */
    private static final Map<String, Predicate<JsonNode>> HARMFUL = Stream.of(
                    with(ON, "is_causal", "causal"),
                    with(
                            OFF,
                            "is_encoder_decoder", "add_cross_attention", "pruned_heads", "quantization_config",
                            "compression_config", "use_bidirectional_attention", "bidirectional", "prefix_lm", "mlp_bias",
                            "qk_norm", "use_qk_norm", "qk_layernorm", "clip_qkv", "attn_logit_softcapping",
                            "final_logit_softcapping", "logits_soft_cap", "query_pre_attn_scalar", "scale_embedding",
                            "normalize_embedding", "no_rope_layers", "attention_chunk_size", "num_local_experts",
                            "num_experts", "n_routed_experts", "rope_interleaved", "alibi", "use_mrope", "multi_query", "use_mup",
                            "attn_output_gate", "kv_lora_rank", "q_lora_rank", "use_sliding_window", "scale_depth",
                            "lm_head_bias", "embedding_norm", "post_norm", "use_post_norm"),
                    with(
                            ONE,
                            "attention_multiplier", "residual_multiplier", "embedding_multiplier", "logits_scaling",
                            "logit_scale", "scale_emb", "partial_rotary_factor", "rotary_pct"),
                    Map.<String, Predicate<JsonNode>>of("layer_types", KnownFields::isFullAttention))
            .flatMap(fields -> fields.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** Fields that do not change a token's logits: bookkeeping, dropout, other tasks, how text is generated. */
    private static final Set<String> HARMLESS = Set.of(
            // bookkeeping
            "_name_or_path", "_commit_hash", "_attn_implementation", "_attn_implementation_autoset", "architectures", "auto_map",
            "dtype", "torch_dtype", "torchscript", "transformers_version", "transformers.js_config", "use_bfloat16", "use_cache",
            "gradient_checkpointing", "output_attentions", "output_hidden_states", "output_past", "return_dict",
            "tokenizer_class", "unsloth_fixed", "unsloth_version", "is_llama_config", "is_decoder", "n_ctx",
            "chunk_size_feed_forward", "tf_legacy_loss", "cross_attention_hidden_size", "tie_encoder_decoder",
            "bos_token_id", "eos_token_id", "pad_token_id", "sep_token_id", "decoder_start_token_id",
            // rounding only
            "pretraining_tp", "reorder_and_upcast_attn",
            // has no effect unless a rope scaling asks for it
            "original_max_position_embeddings",
            // no effect without a sliding window
            "sliding_window", "max_window_layers",
            // training and other tasks
            "attention_dropout", "attn_pdrop", "embd_pdrop", "resid_pdrop", "hidden_dropout", "classifier_dropout",
            "initializer_range", "summary_activation", "summary_first_dropout", "summary_proj_to_labels", "summary_type",
            "summary_use_proj", "id2label", "label2id", "num_labels", "problem_type", "finetuning_task",
            "task_specific_params",
            // generation
            "cache_implementation", "prefix", "max_length", "min_length", "max_new_tokens", "do_sample", "early_stopping",
            "num_beams", "num_beam_groups", "diversity_penalty", "temperature", "top_k", "top_p", "typical_p", "repetition_penalty",
            "length_penalty", "no_repeat_ngram_size", "encoder_no_repeat_ngram_size", "bad_words_ids", "num_return_sequences",
            "output_scores", "return_dict_in_generate", "forced_bos_token_id", "forced_eos_token_id", "remove_invalid_values",
            "exponential_decay_length_penalty", "suppress_tokens", "begin_suppress_tokens");

    private KnownFields() {}

    private static Map<String, Predicate<JsonNode>> with(Predicate<JsonNode> harmless, String... names) {
        return Stream.of(names).collect(Collectors.toMap(name -> name, name -> harmless));
    }

    private static boolean isFullAttention(JsonNode types) {
        for (JsonNode type : types) {
            if (!type.asText().equals("full_attention")) {
                return false;
            }
        }
        return types.isArray();
    }

    /**
     * @param config the configuration, after the family has read its fields
     * @throws ModelException naming a field that changes what the model computes and is not supported
     */
    static void check(JsonFile config) {
        List<String> unknown = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> fields = config.json().fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (config.asked().contains(field.getKey()) || field.getValue().isNull()) {
                continue;
            }
            Predicate<JsonNode> harmless = HARMFUL.get(field.getKey());
            if (harmless == null && !HARMLESS.contains(field.getKey())) {
                unknown.add("'" + field.getKey() + "'");
            }
            if (harmless != null && !harmless.test(field.getValue())) {
                throw new ModelException(config.path() + ": field '" + field.getKey() + "' is " + shortened(field.getValue())
                        + ", which changes what the model computes; that variant is not supported");
            }
        }
        if (!unknown.isEmpty()) {
            config.warn("the fields " + String.join(", ", unknown) + " are unknown and are ignored");
        }
    }

    private static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
