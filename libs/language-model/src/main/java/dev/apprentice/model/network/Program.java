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

/** The TorchScript program of a model: the source all families share, the family's own part, and its constants. */
final class Program {

    private static final String CLASS = "LanguageModel";

    /**
     * The types that the sources share.
     *
     * <p>A {@code Batch} is what one pass learns from. A token that rows have in common is in it once.
     * <ul>
     * <li>tokens, positions: id and position of each token in the flat list
     * <li>slot: for each token its slot in the grid of rows; token: for each slot of the grid its token
     * <li>mask: [width, width], added to a row's attention scores; none where the fused operator applies causality itself
     * <li>kept: the places in the flat list that have a target; none if all have one
     * <li>at, targets, counts: for each target its place among the kept ones, its id, and the number of rows that have it
     * <li>starts: where each row begins in a grid without empty slots, and the end of the last, int32; none if all rows are
     * equally wide
     * <li>rows, width: the grid's size; dropout: the seed, or -1 for none
     * </ul>
     * {@code Rows} says where tokens lie in their rows. It also has the cache of earlier tokens, and the dropout's seed or -1 for
     * none.
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

    /** PyTorch's numbers for element types. */
    private static final int FLOAT32 = 6;
    private static final int BFLOAT16 = 15;

    /**
     * The number of rows for which oneDNN packs a matrix. A few rows multiply up to a tenth faster by a matrix packed for many
     * rows than by one packed for a single row. This was found for 1 row in bfloat16 and for 32 rows in float32.
     */
    private static final int PACKED_ROWS = 256;

    private Program() {}

    /**
     * Loads the program for training.
     *
     * @param labelSmoothing share of a target that goes to the whole vocabulary, 0 to below 1
     */
    static TorchScript load(
            NDManager manager, Architecture architecture, Target target, double labelSmoothing, Optional<LoraAdapter> adapter) {
        return load(manager, architecture, source(architecture, target, labelSmoothing, adapter));
    }

    /** Loads the program for matrices of that precision, packed as {@link Packing} does. */
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

    /**
     * Replaces {@code self.NAME()}, by which the program asks for its constants, with the values. A call would take longer than
     * most computations with its result.
     */
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
