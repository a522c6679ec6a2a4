package dev.apprentice.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads the rotary position embedding of a config.json (Su et al., 2021, "RoFormer") as inverse frequencies: the angle by which
 * each pair of elements turns from one position to the next, in radians.
 *
 * <p>transformers 5 writes everything under {@code rope_parameters}. Older files have {@code rope_scaling}, and beside it
 * {@code rope_theta}. If a file has both sections, {@code rope_scaling} wins, as in transformers. GPT-NeoX has
 * {@code rotary_emb_base} and {@code rotary_pct}.
 */
public final class RotaryEmbedding {

    private static final double DEFAULT_BASE = 10_000;

    /** The default bases of families that differ from the usual one. */
    private static final Map<String, Double> DEFAULT_BASES = Map.of("smollm3", 2_000_000.0, "gemma3_text", 1_000_000.0);

    private static final String SHARE = "partial_rotary_factor";
    private static final String ORIGINAL_CONTEXT = "original_max_position_embeddings";

    private RotaryEmbedding() {}

    /**
     * Returns the frequencies of most families, which rotate the whole head.
     *
     * @param headWidth elements of a head
     * @return one for each pair of elements
     * @throws ModelException if only a part is rotated, or the kind of scaling is not supported
     */
    static List<Double> llama(JsonFile config, int headWidth) {
        if (parameters(config).number(SHARE, 1) != 1) {
            throw new ModelException(config.path() + ": field '" + SHARE + "' is "
                    + parameters(config).json().get(SHARE) + ", but this family rotates the whole head; set it to 1");
        }
        return inverseFrequencies(config, headWidth, headWidth);
    }

    /** Returns the frequencies of Phi-3, which rotates a part of each head; the whole head if config.json does not say. */
    static List<Double> phi3(JsonFile config, int headWidth) {
        double share = parameters(config).number(SHARE, config.number(SHARE, 1));
        return inverseFrequencies(config, headWidth, (int) (headWidth * share));
    }

    /** Returns the frequencies of GPT-NeoX, which rotates a part of each head; the first quarter if config.json does not say. */
    static List<Double> gptNeoX(JsonFile config, int headWidth) {
        double share = parameters(config).number(SHARE, config.number("rotary_pct", 0.25));
        return inverseFrequencies(config, headWidth, (int) (headWidth * share));
    }

    private static List<Double> inverseFrequencies(JsonFile config, int headWidth, int rotated) {
        double base = base(config);
        if (rotated < 2 || rotated > headWidth || rotated % 2 != 0) {
            throw new ModelException(config.path() + " rotates " + rotated + " of the " + headWidth
                    + " elements of a head; it must be an even number from 2 to " + headWidth);
        }
        Scaling scaling = scaling(config, parameters(config));
        return IntStream.range(0, rotated / 2)
                .mapToObj(pair -> scaling.scale(Math.pow(base, -2.0 * pair / rotated)))
                .toList();
    }

    /** Returns the base whose powers are the frequencies, before any scaling. */
    public static double base(JsonFile config) {
        String family = config.json().path("model_type").asText();
        double byDefault = DEFAULT_BASES.getOrDefault(family, DEFAULT_BASE);
        double otherwise = config.number(family.equals("gpt_neox") ? "rotary_emb_base" : "rope_theta", byDefault);
        double base = parameters(config).number("rope_theta", otherwise);
        if (!(base > 0 && Double.isFinite(base))) {
            throw new ModelException(config.path() + ": the rotary embedding's base is " + base + "; it must be above 0");
        }
        return base;
    }

    /** Returns the section with the parameters; empty if config.json has none. */
    private static JsonFile parameters(JsonFile config) {
        Optional<JsonFile> current = section(config, "rope_parameters");
        Optional<JsonFile> old = section(config, "rope_scaling").filter(section -> !section.json().isEmpty());
        if (current.isPresent() && old.isPresent() && !current.get().json().equals(old.get().json())) {
            config.warn("both 'rope_scaling' and 'rope_parameters' are set; 'rope_scaling' takes precedence, as in transformers");
        }
        JsonFile parameters = old.or(() -> current).orElseGet(() -> new JsonFile(config.path(), JsonNodeFactory.instance.objectNode()));
        parameters.json().fields().forEachRemaining(field -> {
            if (field.getValue().isObject()) {
                throw new ModelException(config.path() + " has separate rotary parameters for '" + field.getKey()
                        + "'; parameters per kind of layer are not supported");
            }
        });
        return parameters;
    }

    private static Optional<JsonFile> section(JsonFile config, String name) {
        return config.field(name).map(node -> {
            if (node instanceof ObjectNode object) {
                return new JsonFile(config.path(), object);
            }
            throw config.wrong(name, node, "an object");
        });
    }

    private static Scaling scaling(JsonFile config, JsonFile section) {
        String field = section.field("rope_type").isPresent() ? "rope_type" : "type";
        String type = section.field(field).map(JsonNode::asText).orElse("default");
        return switch (type) {
            case "default" -> frequency -> frequency;
            case "linear" -> linear(required(section, "factor"));
            case "llama3" -> llama3(
                    required(section, "factor"),
                    required(section, "low_freq_factor"),
                    required(section, "high_freq_factor"),
                    originalContext(config, section));
            default -> throw new ModelException(config.path() + ": rope scaling of type '" + type
                    + "' is not supported; supported are default, linear, llama3");
        };
    }

    /** Returns linear position interpolation (Chen et al., 2023). */
    private static Scaling linear(double factor) {
        return frequency -> frequency / factor;
    }

    /** Returns Llama 3.1's scaling: long waves are stretched, short ones are kept, and those between are stretched in part. */
    private static Scaling llama3(double factor, double lowFactor, double highFactor, double originalContext) {
        return frequency -> {
            double waves = originalContext * frequency / (2 * Math.PI);
            double kept = Math.max(0, Math.min(1, (waves - lowFactor) / (highFactor - lowFactor)));
            return kept * frequency + (1 - kept) * frequency / factor;
        };
    }

    /**
     * Returns the context length before scaling. A field beside the section takes precedence over one in it. Without either, it is
     * the model's present context length.
     */
    private static double originalContext(JsonFile config, JsonFile section) {
        if (config.field(ORIGINAL_CONTEXT).isPresent()) {
            return required(config, ORIGINAL_CONTEXT);
        }
        return required(section.field(ORIGINAL_CONTEXT).isPresent() ? section : config,
                section.field(ORIGINAL_CONTEXT).isPresent() ? ORIGINAL_CONTEXT : "max_position_embeddings");
    }

    private static double required(JsonFile section, String name) {
        double number = section.number(name, Double.NaN);
        if (!(number > 0)) {
            throw new ModelException(section.path() + ": the rotary embedding's '" + name + "' is missing or not above 0");
        }
        return number;
    }

    private interface Scaling {
        double scale(double frequency);
    }
}
