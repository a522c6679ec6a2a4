package dev.apprentice.model.network;

import ai.djl.ndarray.NDManager;
import dev.apprentice.model.Precision;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.lora.LoraAdapter;
import dev.apprentice.model.torchscript.TorchScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The TorchScript program of a model: what all families share, the family's own part, and its figures. */
final class Program {

    private static final String CLASS = "LanguageModel";

    /**
     * Batch: what is learned at once, each token that rows have in common once.
     * <ul>
     * <li>tokens, positions: of each token in the flat list
     * <li>slot: where in the grid of rows it stands; token: which one stands in each slot of the grid
     * <li>mask: [width, width], what is added to a row's attention scores; none where the fused operator sees to causality
     * <li>kept: the places in the flat list that have a target; none where all have
     * <li>at, targets, counts: of each target its place among those, its id, and in how many rows it is
     * <li>starts: where each row begins in a grid without empty slots, and the end of the last, int32; none where rows have one width
     * <li>rows, width: of the grid; dropout: its seed, or -1 for none
     * </ul>
     * Rows: where tokens lie in their rows, what is remembered of earlier ones, and the seed of the dropout or -1 for none.
     */
    private static final String HEADER =
            """
            class Batch(NamedTuple):
              tokens : Tensor
              positions : Tensor
              slot : Tensor
              token : Tensor
              mask : Optional[Tensor]
              kept : Optional[Tensor]
              at : Tensor
              targets : Tensor
              counts : Tensor
              starts : Optional[Tensor]
              rows : int
              width : int
              dropout : int
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
              dropout : int
              kept : Optional[Tensor]
              starts : Optional[Tensor]
              near : Optional[Tensor]
            class LanguageModel(Module):
              __parameters__ = []
              __buffers__ = []
            """;

    /** PyTorch's numbers for types. */
    private static final int FLOAT32 = 6;
    private static final int BFLOAT16 = 15;

    /**
     * The number of rows for which oneDNN lays a matrix out. As it lies for many, few are multiplied by it up to a
     * tenth faster than as it lies for one, 1 row in bfloat16 and 32 in float32 alike.
     */
    private static final int PACKED_ROWS = 256;

    private Program() {}

    /**
     * For training.
     *
     * @param labelSmoothing share of a target that goes to the whole vocabulary, 0 to below 1
     */
    static TorchScript load(
            NDManager manager, Architecture architecture, Target target, double labelSmoothing, Optional<LoraAdapter> adapter) {
        return load(manager, architecture, source(architecture, target, labelSmoothing, adapter));
    }

    /** For matrices of that precision laid out for the processor, as PyTorch's oneDNN does. */
    static TorchScript loadPacked(NDManager manager, Architecture architecture, Precision precision, boolean withHead) {
        return load(manager, architecture, packedSource(architecture, precision, withHead));
    }

    private static TorchScript load(NDManager manager, Architecture architecture, String source) {
        return new TorchScript(manager, CLASS, source, architecture.constants().tensors());
    }

    static String source(Architecture architecture, Target target, double labelSmoothing, Optional<LoraAdapter> adapter) {
        Map<String, Object> more = new TreeMap<>(adapter.map(added -> added.constants(architecture)).orElse(Map.of()));
        more.put("target_share", 1 - labelSmoothing);
        more.put("label_share", labelSmoothing / architecture.configuration().vocabularySize());
        String multiplication = adapter.isPresent() ? "lora.torchscript" : "unadapted.torchscript";
        return source(architecture, target, more, List.of(multiplication, "plain.torchscript"));
    }

    static String packedSource(Architecture architecture, Precision precision, boolean withHead) {
        return source(
                architecture,
                Target.PROCESSOR,
                Map.of(
                        "packed_type", precision == Precision.BFLOAT16 ? BFLOAT16 : FLOAT32,
                        "packed_rows", PACKED_ROWS,
                        "packed_head", withHead,
                        "activation_operation", architecture.activation().operation(),
                        "activation_algorithm", architecture.activation().algorithm()),
                List.of("unadapted.torchscript", "packed.torchscript"));
    }

    private static String source(
            Architecture architecture, Target target, Map<String, Object> more, List<String> multiplication) {
        StringBuilder source = new StringBuilder(HEADER);
        Map<String, Object> constants = architecture.constants().named(architecture.configuration().layers());
        constants.put("target_share", 1.0);
        constants.put("label_share", 0.0);
        constants.put("weights", architecture.weights().size());
        constants.put("vocabulary", architecture.configuration().vocabularySize());
        constants.put("input_by_output", architecture.inputByOutput());
        constants.putAll(more);
        source.append(method("activation(self, x: Tensor) -> Tensor", architecture.activation().expression()));
        architecture.scripts().forEach(script -> source.append(resource(script)));
        multiplication.forEach(script -> source.append(resource(script)));
        source.append(resource("layers.torchscript"));
        source.append(resource("attention.torchscript"));
        source.append(resource("trunk.torchscript"));
        source.append(resource("training.torchscript"));
        target.scripts().forEach(script -> source.append(resource(script)));
        source.append(resource("generation.torchscript"));
        source.append(resource("precision.torchscript"));
        return Inlining.of(withLiterals(source.toString(), constants));
    }

    /** The program asks for its figures as {@code self.NAME()}. That takes longer than what is computed with most of them. */
    private static String withLiterals(String source, Map<String, Object> constants) {
        for (Map.Entry<String, Object> constant : constants.entrySet()) {
            source = source.replace("self." + constant.getKey() + "()", literal(constant.getValue()));
        }
        return source;
    }

    private static String method(String signature, String result) {
        return "  def " + signature + ":\n    return " + result + "\n";
    }

    private static String literal(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof String text) {
            return "\"" + text + "\"";
        }
        return value.toString();
    }

    private static String resource(String name) {
        try (InputStream in = Architecture.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing beside " + Architecture.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + name + " cannot be read", e);
        }
    }
}
