package dev.apprentice.model.family;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.util.Map;
import java.util.TreeSet;

/** The activation functions by their names in config.json, as expressions of x. */
final class Activation {

    private static final Map<String, String> EXPRESSIONS = Map.of(
            "gelu", "torch.gelu(x)",
            "gelu_new", "torch.gelu(x, approximate=\"tanh\")",
            "gelu_pytorch_tanh", "torch.gelu(x, approximate=\"tanh\")",
            "gelu_fast", "torch.gelu(x, approximate=\"tanh\")",
            "relu", "torch.relu(x)",
            "silu", "torch.silu(x)");

    private Activation() {}

    /** @throws ModelException if config.json names one that is not known */
    static String named(JsonFile config, String field, String otherwise) {
        String name = config.field(field).isPresent() ? config.text(field) : otherwise;
        String expression = EXPRESSIONS.get(name);
        if (expression == null) {
            throw new ModelException(config.path() + ": field '" + field + "' is '" + name
                    + "'; the activation functions supported are " + String.join(", ", new TreeSet<>(EXPRESSIONS.keySet())));
        }
        return expression;
    }
}
