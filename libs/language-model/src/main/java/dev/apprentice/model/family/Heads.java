package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;

/**
 * A model's attention heads.
 *
 * @param count the number of query heads
 * @param keyValues the number of key and value heads, each shared by count / keyValues query heads
 * @param width elements of each head
 */
public record Heads(int count, int keyValues, int width) {

    /** Reads the heads of a family with a default head width. */
    static Heads read(JsonFile config, int width) {
        int count = config.upTo(ModelLimits.HEADS, "num_attention_heads");
        int keyValues = config.upTo(ModelLimits.HEADS, "num_key_value_heads", count);
        if (count % keyValues != 0) {
            throw new ModelException(config.path() + ": num_attention_heads " + count
                    + " is not a multiple of num_key_value_heads " + keyValues);
        }
        return new Heads(count, keyValues, config.upTo(ModelLimits.HEAD_WIDTH, "head_dim", width));
    }

    /** Reads the heads of a family whose heads divide the model's width by default. */
    static Heads read(ModelConfiguration configuration, JsonFile config) {
        int count = config.upTo(ModelLimits.HEADS, "num_attention_heads");
        if (configuration.width() % count != 0 && config.field("head_dim").isEmpty()) {
            throw new ModelException(config.path() + ": hidden_size " + configuration.width()
                    + " is not a multiple of num_attention_heads " + count);
        }
        return read(config, configuration.width() / count);
    }

    /** Returns the number of elements of all queries of a token. */
    long queries() {
        return (long) count * width;
    }

    /** Returns the number of elements of all keys of a token, which is also that of all its values. */
    long keys() {
        return (long) keyValues * width;
    }
}
