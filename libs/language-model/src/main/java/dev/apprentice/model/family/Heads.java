package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;

/**
 * A model's attention heads.
 *
 * @param count of queries
 * @param keyValues of keys and values, each shared by count / keyValues queries
 * @param width elements of each
 */
public record Heads(int count, int keyValues, int width) {

    /** For a family whose heads have a width of their own where config.json says none. */
    static Heads read(JsonFile config, int width) {
        int count = config.upTo(ModelLimits.HEADS, "num_attention_heads");
        int keyValues = config.upTo(ModelLimits.HEADS, "num_key_value_heads", count);
        if (count % keyValues != 0) {
            throw new ModelException(config.path() + ": num_attention_heads " + count
                    + " is not a multiple of num_key_value_heads " + keyValues);
        }
        return new Heads(count, keyValues, config.upTo(ModelLimits.HEAD_WIDTH, "head_dim", width));
    }

    /** For a family whose heads share the model's width where config.json says none. */
    static Heads read(ModelConfiguration configuration, JsonFile config) {
        int count = config.upTo(ModelLimits.HEADS, "num_attention_heads");
        if (configuration.width() % count != 0 && config.field("head_dim").isEmpty()) {
            throw new ModelException(config.path() + ": hidden_size " + configuration.width()
                    + " is not a multiple of num_attention_heads " + count);
        }
        return read(config, configuration.width() / count);
    }

    /** Elements of all queries of a token. */
    long queries() {
        return (long) count * width;
    }

    /** Elements of all keys of a token, and of all its values. */
    long keys() {
        return (long) keyValues * width;
    }
}
