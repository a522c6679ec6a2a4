package dev.apprentice.model.folder;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.family.ModelFamily;
import dev.apprentice.model.family.ModelLimits;
import dev.apprentice.model.json.JsonFile;
import java.util.List;
import java.util.function.IntFunction;

/** Reads the part of config.json that all families have, under the family's own names, and lets the family read the rest. */
final class ConfigurationReader {

    private static final Names GPT2 = new Names("n_positions", "n_layer", "n_embd");
    private static final Names EARLY_GPT2 = new Names("n_ctx", "n_layer", "n_embd");
    private static final Names OTHERS = new Names("max_position_embeddings", "num_hidden_layers", "hidden_size");

    private ConfigurationReader() {}

    /** A family's names for the common fields. */
    private record Names(String contextLength, String layers, String width) {}

    /**
     * @param endsOfText returns the ids that end a text, given the vocabulary's size
     * @throws ModelException if the model_type is not supported, a field is missing or out of its range, or the family's variant
     *     is not supported
     */
    static Architecture read(JsonFile config, IntFunction<List<Integer>> endsOfText) {
        String modelType = config.text("model_type");
        ModelFamily family = ModelFamily.of(modelType)
                .orElseThrow(() -> new ModelException(config.path() + ": model_type '" + modelType
                        + "' is not supported; there are " + ModelFamily.modelTypes()));
        Names names = names(family, config);
        int vocabularySize = config.upTo(ModelLimits.VOCABULARY, "vocab_size");
        ModelConfiguration configuration = new ModelConfiguration(
                modelType,
                vocabularySize,
                config.upTo(ModelLimits.CONTEXT, names.contextLength()),
                config.upTo(ModelLimits.LAYERS, names.layers()),
                config.upTo(ModelLimits.WIDTH, names.width()),
                endsOfText.apply(vocabularySize));
        return family.architecture(configuration, config);
    }

    private static Names names(ModelFamily family, JsonFile config) {
        if (family != ModelFamily.GPT2) {
            return OTHERS;
        }
        boolean early = config.field("n_ctx").isPresent() && config.field("n_positions").isEmpty();
        return early ? EARLY_GPT2 : GPT2;
    }
}
