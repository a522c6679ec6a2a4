package dev.apprentice.model.family;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.util.Map;
import java.util.TreeSet;

/**
 * An activation function.
 *
 * @param expression the TorchScript expression, of x
 * @param operation oneDNN's name for it; oneDNN can apply it to a product that is still in the processor's cache
 * @param algorithm oneDNN's name for the variant; empty if there is only one
 */
public record Activation(String expression, String operation, String algorithm) {

    public static final Activation GELU = new Activation("torch.gelu(x)", "gelu", "none");
    public static final Activation GELU_TANH = new Activation("torch.gelu(x, approximate=\"tanh\")", "gelu", "tanh");
    public static final Activation SILU = new Activation("torch.silu(x)", "swish", "");

    /** The functions by their names in config.json. */
    private static final Map<String, Activation> NAMED = Map.of(
            "gelu", GELU,
            "gelu_new", GELU_TANH,
            "gelu_pytorch_tanh", GELU_TANH,
            "gelu_fast", GELU_TANH,
            "relu", new Activation("torch.relu(x)", "relu", ""),
            "silu", SILU);

    /** @throws ModelException if config.json names an unknown function */
    static Activation named(JsonFile config, String field, String otherwise) {
        String name = config.field(field).isPresent() ? config.text(field) : otherwise;
        Activation activation = NAMED.get(name);
        if (activation == null) {
            throw new ModelException(config.path() + ": field '" + field + "' is '" + name
                    + "'; the activation functions supported are " + String.join(", ", new TreeSet<>(NAMED.keySet())));
        }
        return activation;
    }
}
