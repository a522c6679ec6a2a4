package dev.apprentice.model.family;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The TorchScript program of a model: what all families share, the family's own part, and its figures. */
final class Program {

    static final String CLASS = "LanguageModel";

    /** Where tokens lie in their rows, and what is remembered of earlier ones. */
    private static final String HEADER =
            """
            class Rows(NamedTuple):
              slot : Tensor
              token : Tensor
              count : int
              width : int
              rotary : Tensor
              mask : Optional[Tensor]
              cache_slot : Tensor
              seen : int
              cache : List[Tensor]
            class LanguageModel(Module):
              __parameters__ = []
              __buffers__ = []
            """;

    private Program() {}

    static String source(Architecture architecture) {
        StringBuilder source = new StringBuilder(HEADER);
        for (Map.Entry<String, Object> constant : new TreeMap<>(architecture.constants()).entrySet()) {
            source.append(method(constant.getKey() + "(self) -> " + type(constant.getValue()), literal(constant.getValue())));
        }
        source.append(method("activation(self, x: Tensor) -> Tensor", architecture.activation()));
        architecture.scripts().forEach(script -> source.append(resource(script)));
        source.append(resource("layers.torchscript"));
        source.append(resource("training.torchscript"));
        source.append(resource("generation.torchscript"));
        source.append(resource("precision.torchscript"));
        return source.toString();
    }

    private static String method(String signature, String result) {
        return "  def " + signature + ":\n    return " + result + "\n";
    }

    private static String type(Object value) {
        if (value instanceof Integer) {
            return "int";
        }
        if (value instanceof Double) {
            return "float";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof List) {
            return "List[float]";
        }
        throw new IllegalArgumentException("a constant is a whole number, a fraction, a boolean or a list of fractions, not " + value);
    }

    private static String literal(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        return value.toString();
    }

    private static String resource(String name) {
        try (InputStream in = Program.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing beside " + Program.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + name + " cannot be read", e);
        }
    }
}
