package dev.apprentice.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Gemma 2 (Gemma team, 2024) and the text models of Gemma 3 (Gemma team, 2025). Norms stand before and after the two parts of a
 * block, and their weights are stored minus 1. Embeddings are scaled by the square root of the width. Some layers have a sliding
 * window.
 */
final class Gemma {

    private static final int HEAD_WIDTH = 256;
    private static final double QUERY_SCALAR = 256;
    private static final double EPSILON = 1e-6;
    private static final double LOCAL_BASE = 10_000;
    private static final String LAYER_TYPES = "layer_types";
    private static final String SLIDING = "sliding_attention";
    private static final String FULL = "full_attention";

    private final ModelConfiguration configuration;
    private final JsonFile config;
    private final Heads heads;
    private final LlamaFrame frame;

    private Gemma(ModelConfiguration configuration, JsonFile config) {
        this.configuration = configuration;
        this.config = config;
        this.heads = Heads.read(config, HEAD_WIDTH);
        this.frame = new LlamaFrame(configuration, config, heads, 0)
                .refuse("attention_bias", "use_bidirectional_attention");
        config.field("hidden_act"); // published beside hidden_activation, and ignored as in transformers
    }

    /** Builds Gemma 2: every second layer has a window; attention scores and logits approach a bound. */
    static Architecture gemma2(ModelConfiguration configuration, JsonFile config) {
        Gemma gemma = new Gemma(configuration, config);
        gemma.window(4096, 2);
        gemma.frame.caps(gemma.cap("attn_logit_softcapping", 50), gemma.cap("final_logit_softcapping", 30))
                .own(gemma.own(List.of()));
        return gemma.architecture("gemma2.torchscript", false);
    }

    /** Builds Gemma 3: five of six layers have a window and their own rotary embedding; queries and keys are normed. */
    static Architecture gemma3(ModelConfiguration configuration, JsonFile config) {
        Gemma gemma = new Gemma(configuration, config);
        for (String cap : List.of("attn_logit_softcapping", "final_logit_softcapping")) {
            config.field(cap).ifPresent(value -> {
                throw new ModelException(config.path() + ": field '" + cap + "' is " + value
                        + "; that variant of Gemma 3 is not supported");
            });
        }
        IntPredicate sliding = gemma.window(
                4096, config.positive("sliding_window_pattern", config.positive("_sliding_window_pattern", 6)));
        gemma.frame.inverseFrequencies(gemma.rotations()).own(gemma.own(gemma.frame.eachLayer(sliding)));
        return gemma.architecture("gemma3.torchscript", true);
    }

    private Constants.Own own(List<Boolean> local) {
        return new Constants.Own.Gemma(
                Math.sqrt(configuration.width()),
                Math.sqrt(heads.width() / aboveZero("query_pre_attn_scalar", QUERY_SCALAR)),
                local);
    }

    /** Returns a bound, or 0 if config.json has null. */
    private double cap(String field, double otherwise) {
        return config.json().path(field).isNull() ? 0 : aboveZero(field, otherwise);
    }

    private double aboveZero(String field, double otherwise) {
        double number = config.number(field, otherwise);
        if (!(number > 0 && Double.isFinite(number))) {
            throw config.wrong(field, config.json().path(field), "a number above 0");
        }
        return number;
    }

    /** @param pattern one of this many layers has no window, unless config.json lists the layers */
    private IntPredicate window(int otherwise, int pattern) {
        Optional<JsonNode> types = config.field(LAYER_TYPES);
        types.ifPresent(this::requireKnown);
        IntPredicate sliding = types
                .<IntPredicate>map(list -> layer -> list.get(layer).asText().equals(SLIDING))
                .orElse(layer -> (layer + 1) % pattern != 0);
        frame.window(config.positive("sliding_window", otherwise), sliding);
        return sliding;
    }

    private void requireKnown(JsonNode types) {
        boolean known = types.isArray() && types.size() == configuration.layers();
        for (JsonNode type : types) {
            known &= type.asText().equals(SLIDING) || type.asText().equals(FULL);
        }
        if (!known) {
            throw config.wrong(LAYER_TYPES, types, SLIDING + " or " + FULL + " for each of the " + configuration.layers() + " layers");
        }
    }

    /** Returns the frequencies of the layers without a window, followed by those of the layers with one. */
    private List<Double> rotations() {
        JsonNode parameters = config.field("rope_parameters").orElse(MissingNode.getInstance());
        ObjectNode full = config.json().deepCopy();
        ObjectNode local = JsonNodeFactory.instance.objectNode();
        local.put("rope_theta", config.number("rope_local_base_freq", LOCAL_BASE));
        if (parameters.has(FULL) && parameters.has(SLIDING)) {
            requireNoRopeScaling();
            full.set("rope_parameters", parameters.get(FULL));
            local.set("rope_parameters", parameters.get(SLIDING));
        }
        List<Double> all = new ArrayList<>(RotaryEmbedding.llama(part(full), heads.width()));
        all.addAll(RotaryEmbedding.llama(part(local), heads.width()));
        return all;
    }

    private void requireNoRopeScaling() {
        if (config.field("rope_scaling").filter(scaling -> !scaling.isEmpty()).isPresent()) {
            throw new ModelException(config.path() + " has 'rope_scaling' beside 'rope_parameters' for each kind of layer;"
                    + " remove one of them");
        }
    }

    /** Returns a part of config.json. Fields that are read from it count as read from config.json. */
    private JsonFile part(ObjectNode json) {
        return new JsonFile(config.path(), json, config.asked());
    }

    private Architecture architecture(String script, boolean normed) {
        int width = configuration.width();
        int inner = config.upTo(ModelLimits.INNER, "intermediate_size");
        frame.norm("input_layernorm", width)
                .matrix("self_attn.q_proj", heads.queries(), width)
                .matrix("self_attn.k_proj", heads.keys(), width)
                .matrix("self_attn.v_proj", heads.keys(), width)
                .matrix("self_attn.o_proj", width, heads.queries())
                .norm("post_attention_layernorm", width)
                .norm("pre_feedforward_layernorm", width)
                .matrix("mlp.gate_proj", inner, width)
                .matrix("mlp.up_proj", inner, width)
                .matrix("mlp.down_proj", width, inner)
                .norm("post_feedforward_layernorm", width);
        if (normed) {
            frame.norm("self_attn.q_norm", heads.width()).norm("self_attn.k_norm", heads.width());
        }
        return frame.architecture(
                List.of(script, "gemma.torchscript", "rms.torchscript", "rotary.torchscript", "rotate.torchscript"),
                Activation.named(config, "hidden_activation", "gelu_pytorch_tanh"),
                true,
                EPSILON);
    }
}
