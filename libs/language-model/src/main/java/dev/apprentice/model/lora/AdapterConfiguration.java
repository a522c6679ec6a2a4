package dev.apprentice.model.lora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.HubReference;
import dev.apprentice.model.hub.ModelLocation;
import dev.apprentice.model.json.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and writes PEFT's adapter_config.json.
 *
 * @see <a href="https://huggingface.co/docs/peft/package_reference/lora">LoraConfig</a>
 */
final class AdapterConfiguration {

    /**
     * Fields that are accepted with any value: those read here, descriptions, and settings of variants. A variant is refused by
     * another field, which requests it.
     */
    private static final Set<String> HARMLESS = Set.of(
            "peft_type", AdapterFolder.BASE, AdapterFolder.REVISION, "r", "lora_alpha", "lora_dropout", "target_modules",
            "peft_version", "auto_mapping", "inference_mode", "fan_in_fan_out", "layers_pattern", "megatron_core",
            "qalora_group_size", "loftq_config", "eva_config", "corda_config", "lora_ga_config", "runtime_config",
            "ensure_weight_tying");

    /** The ways to initialise an adapter that leave the base model unchanged. Others subtract the first adapter from it. */
    private static final Set<String> INITIALISATIONS = Set.of("true", "false", "gaussian", "eva", "orthogonal");

    /** Fields for which only one value is supported. */
    private static final Map<String, String> ONLY = Map.of("bias", "none", "task_type", "CAUSAL_LM");

    private static final String WAY_OUT =
            "; merge the adapter with PEFT (merge_and_unload, save_pretrained), and use the merged model";

    private AdapterConfiguration() {}

    /** @param base the folder of the adapter's base model */
    static ObjectNode write(LoraAdapter adapter, Path base, boolean inputByOutput) {
        LoraSettings settings = adapter.settings();
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("peft_type", "LORA");
        config.put("task_type", "CAUSAL_LM");
        Optional<HubReference> hub = HubReference.of(base);
        config.put(AdapterFolder.BASE, hub.map(HubReference::repository)
                .or(() -> ModelLocation.store().location(base))
                .orElse(base.toAbsolutePath().normalize().toString()));
        hub.map(HubReference::revision)
                .or(() -> ModelLocation.store().version(base))
                .ifPresent(revision -> config.put(AdapterFolder.REVISION, revision));
        config.put("r", settings.rank());
        config.set("lora_alpha", wholeWhereItCanBe(settings.alpha()));
        config.put("lora_dropout", settings.dropout());
        config.set("target_modules", targets(adapter));
        config.put("fan_in_fan_out", inputByOutput);
        config.put("bias", "none");
        config.put("init_lora_weights", true);
        config.put("inference_mode", true);
        return config;
    }

    private static JsonNode wholeWhereItCanBe(double alpha) {
        return alpha == Math.rint(alpha) ? LongNode.valueOf((long) alpha) : DoubleNode.valueOf(alpha);
    }

    /**
     * Returns the targets for PEFT. Java's regular expressions differ from Python's, so if there are some, lists the modules one
     * by one.
     */
    private static ArrayNode targets(LoraAdapter adapter) {
        List<String> patterns = adapter.settings().targets();
        ArrayNode targets = JsonNodeFactory.instance.arrayNode();
        (patterns.stream().allMatch(LoraTargets::isEndOfName) ? patterns : adapter.modules()).forEach(targets::add);
        return targets;
    }

    /** @throws ModelException if it is another kind of adapter, or a variant that is not supported */
    static LoraSettings read(JsonFile config) {
        if (!config.text("peft_type").equals("LORA")) {
            throw new ModelException(config.path() + ": peft_type is '" + config.text("peft_type") + "'; only LORA is supported");
        }
        config.json().fields().forEachRemaining(field -> requireKnown(config, field.getKey(), field.getValue()));
        try {
            return new LoraSettings(
                    config.positive("r"), config.number("lora_alpha", 8), config.number("lora_dropout", 0), targets(config), 0);
        } catch (IllegalArgumentException e) {
            throw new ModelException(config.path() + ": " + e.getMessage(), e);
        }
    }

    /** Refuses an unknown field with an effect. PEFT requests each variant by a field that has one. */
    private static void requireKnown(JsonFile config, String field, JsonNode value) {
        if (field.equals("init_lora_weights")) {
            if (!INITIALISATIONS.contains(value.asText().toLowerCase(Locale.ROOT)) && !value.isNull()) {
                throw new ModelException(config.path() + ": field 'init_lora_weights' is " + value + "; creating such an adapter"
                        + " changed the base model's weights, and the changed weights are not in this folder" + WAY_OUT);
            }
        } else if (ONLY.containsKey(field)) {
            if (!value.isNull() && !value.asText().equals(ONLY.get(field))) {
                throw new ModelException(config.path() + ": field '" + field + "' is " + value + "; only \"" + ONLY.get(field)
                        + "\" is supported");
            }
        } else if (!HARMLESS.contains(field) && says(value)) {
            throw new ModelException(config.path() + ": field '" + field + "' is " + value
                    + "; that variant of LoRA is not supported" + WAY_OUT);
        }
    }

    /** Tells whether a field has an effect: null, false and empty values have none. */
    private static boolean says(JsonNode value) {
        return value.isContainerNode() ? !value.isEmpty() : !value.isNull() && (!value.isBoolean() || value.booleanValue());
    }

    private static List<String> targets(JsonFile config) {
        JsonNode targets = config.field("target_modules").orElseGet(JsonNodeFactory.instance::arrayNode);
        List<String> patterns = new ArrayList<>();
        (targets.isArray() ? targets : JsonNodeFactory.instance.arrayNode().add(targets))
                .forEach(target -> patterns.add(target.asText()));
        return patterns;
    }
}
