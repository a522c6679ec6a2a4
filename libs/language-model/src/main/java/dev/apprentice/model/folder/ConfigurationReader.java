package dev.apprentice.model.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.family.ModelFamily;
import dev.apprentice.model.json.JsonFile;

/** Reads what every family's config.json says, whatever the family calls it. */
final class ConfigurationReader {

    private static final String END_OF_TEXT = "eos_token_id";

    private ConfigurationReader() {}

    static ModelConfiguration read(JsonFile config) {
        String modelType = config.text("model_type");
        ModelFamily family = ModelFamily.of(modelType)
                .orElseThrow(() -> new ModelException(config.path() + ": model_type '" + modelType
                        + "' is not supported; there are " + ModelFamily.modelTypes()));
        int vocabularySize = config.positive("vocab_size");
        return family == ModelFamily.GPT2 ? gpt2(config, modelType, vocabularySize) : other(config, modelType, vocabularySize);
    }

    private static ModelConfiguration gpt2(JsonFile config, String modelType, int vocabularySize) {
        String context = config.field("n_positions").isPresent() ? "n_positions" : "n_ctx";
        return new ModelConfiguration(
                modelType,
                vocabularySize,
                config.positive(context),
                config.positive("n_layer"),
                config.positive("n_embd"),
                endOfText(config, vocabularySize));
    }

    private static ModelConfiguration other(JsonFile config, String modelType, int vocabularySize) {
        return new ModelConfiguration(
                modelType,
                vocabularySize,
                config.positive("max_position_embeddings"),
                config.positive("num_hidden_layers"),
                config.positive("hidden_size"),
                endOfText(config, vocabularySize));
    }

    /** The first where there are several: that is the one which ends a text; the others end a turn of a chat. */
    private static int endOfText(JsonFile config, int vocabularySize) {
        JsonNode node = config.field(END_OF_TEXT)
                .orElseThrow(() -> new ModelException(config.path() + " lacks the field '" + END_OF_TEXT
                        + "', the id of the token that ends a text"));
        JsonNode id = node.isArray() ? node.path(0) : node;
        if (!id.isInt() || id.intValue() < 0 || id.intValue() >= vocabularySize) {
            throw config.wrong(END_OF_TEXT, node, "a token id below vocab_size, " + vocabularySize);
        }
        return id.intValue();
    }
}
