package dev.apprentice.model.lora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.hub.HubReference;
import dev.apprentice.model.json.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * PEFT's adapter_config.json.
 *
 * @see <a href="https://huggingface.co/docs/peft/package_reference/lora">LoraConfig</a>
 */
final class AdapterConfiguration {

    /** What would make it another adapter than this library computes. Absent, null, false and empty are no harm. */
    private static final List<String> VARIANTS = List.of(
            "use_dora", "use_rslora", "use_qalora", "modules_to_save", "layers_to_transform", "rank_pattern", "alpha_pattern",
            "exclude_modules", "target_parameters", "layer_replication", "trainable_token_indices", "lora_bias", "alora_invocation_tokens");

    private AdapterConfiguration() {}

    /** @param base the folder of the model that it belongs to */
    static ObjectNode write(LoraAdapter adapter, Path base, boolean inputByOutput) {
        LoraSettings settings = adapter.settings();
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("peft_type", "LORA");
        config.put("task_type", "CAUSAL_LM");
        Optional<HubReference> hub = HubReference.of(base);
        config.put(AdapterFolder.BASE, hub.map(HubReference::repository).orElse(base.toAbsolutePath().normalize().toString()));
        hub.ifPresent(reference -> config.put(AdapterFolder.REVISION, reference.revision()));
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

    /** Python's regular expressions are not quite Java's: where there are some, the modules are listed one by one. */
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
        for (String variant : VARIANTS) {
            config.field(variant).filter(AdapterConfiguration::says).ifPresent(value -> {
                throw new ModelException(config.path() + ": field '" + variant + "' is " + value
                        + "; that variant of LoRA is not supported");
            });
        }
        config.field("bias").filter(bias -> !bias.asText().equals("none")).ifPresent(bias -> {
            throw new ModelException(config.path() + ": field 'bias' is " + bias + "; only \"none\" is supported");
        });
        try {
            return new LoraSettings(
                    config.positive("r"), config.number("lora_alpha", 8), config.number("lora_dropout", 0), targets(config), 0);
        } catch (IllegalArgumentException e) {
            throw new ModelException(config.path() + ": " + e.getMessage(), e);
        }
    }

    private static boolean says(JsonNode value) {
        return value.isContainerNode() ? !value.isEmpty() : !value.isBoolean() || value.booleanValue();
    }

    private static List<String> targets(JsonFile config) {
        JsonNode targets = config.field("target_modules").orElseGet(JsonNodeFactory.instance::arrayNode);
        List<String> patterns = new ArrayList<>();
        (targets.isArray() ? targets : JsonNodeFactory.instance.arrayNode().add(targets))
                .forEach(target -> patterns.add(target.asText()));
        return patterns;
    }
}
