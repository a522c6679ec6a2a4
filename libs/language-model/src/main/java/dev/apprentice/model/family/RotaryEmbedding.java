package dev.apprentice.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rotary position embedding that a config.json asks for (Su et al., 2021, "RoFormer"), as inverse frequencies: how far
 * each pair of elements turns from one position to the next, in radians.
 *
 * <p>transformers 5 writes everything under {@code rope_parameters}; files from before have {@code rope_theta} and
 * {@code rope_scaling}, GPT-NeoX {@code rotary_emb_base} and {@code rotary_pct}.
 */
public final class RotaryEmbedding {

    private static final double DEFAULT_BASE = 10_000;
    private static final double ALL = 1;

    private RotaryEmbedding() {}

    /**
     * @param headWidth elements of a head
     * @return one for each pair of rotated elements
     * @throws ModelException if the kind of scaling is not supported
     */
    static List<Double> inverseFrequencies(JsonFile config, int headWidth) {
        Optional<JsonFile> parameters = parameters(config);
        double base = base(config);
        double share = parameters
                .map(section -> section.number("partial_rotary_factor", Double.NaN))
                .filter(number -> !number.isNaN())
                .orElseGet(() -> config.number("partial_rotary_factor", config.number("rotary_pct", ALL)));
        int rotated = (int) (headWidth * share);
        if (rotated < 2 || rotated > headWidth || rotated % 2 != 0) {
            throw new ModelException(config.path() + " rotates " + rotated + " of the " + headWidth
                    + " elements of a head; it must be an even number from 2 to " + headWidth);
        }
        Scaling scaling = parameters.map(section -> scaling(config, section)).orElse(frequency -> frequency);
        return IntStream.range(0, rotated / 2)
                .mapToObj(pair -> scaling.scale(Math.pow(base, -2.0 * pair / rotated)))
                .toList();
    }

    /** What the frequencies are powers of, before any scaling. */
    public static double base(JsonFile config) {
        return parameters(config)
                .filter(section -> section.field("rope_theta").isPresent())
                .map(section -> section.number("rope_theta", DEFAULT_BASE))
                .orElseGet(() -> config.number("rope_theta", config.number("rotary_emb_base", DEFAULT_BASE)));
    }

    private static Optional<JsonFile> parameters(JsonFile config) {
        return section(config, "rope_parameters").or(() -> section(config, "rope_scaling"));
    }

    private static Optional<JsonFile> section(JsonFile config, String name) {
        return config.field(name).map(node -> {
            if (node instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
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
                    required(section, "original_max_position_embeddings"));
            default -> throw new ModelException(config.path() + ": rope scaling of type '" + type
                    + "' is not supported; supported are default, linear, llama3");
        };
    }

    /** Positions are pressed together (Chen et al., 2023). */
    private static Scaling linear(double factor) {
        return frequency -> frequency / factor;
    }

    /** Llama 3.1: long waves are stretched, short ones are not, those between in part. */
    private static Scaling llama3(double factor, double lowFactor, double highFactor, double originalContext) {
        return frequency -> {
            double waves = originalContext * frequency / (2 * Math.PI);
            double kept = Math.max(0, Math.min(1, (waves - lowFactor) / (highFactor - lowFactor)));
            return kept * frequency + (1 - kept) * frequency / factor;
        };
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
