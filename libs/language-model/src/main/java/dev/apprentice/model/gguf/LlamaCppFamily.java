package dev.apprentice.model.gguf;

import dev.apprentice.model.family.Activation;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model family as llama.cpp names and computes it.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/blob/master/gguf-py/gguf/tensor_mapping.py">its names of tensors</a>
 */
enum LlamaCppFamily {
    GPT2("gpt2", "gpt2", Rotation.NONE, Set.of(Activation.GELU_TANH)),
    /** llama.cpp always computes GELU by its approximation with tanh, even if config.json asks for the exact one. */
    GPT_NEOX("gpt_neox", "gptneox", Rotation.HALVES, Set.of(Activation.GELU, Activation.GELU_TANH)),
    LLAMA("llama", "llama", Rotation.PAIRS, Set.of(Activation.SILU)),
    QWEN2("qwen2", "qwen2", Rotation.HALVES, Set.of(Activation.SILU)),
    QWEN3("qwen3", "qwen3", Rotation.HALVES, Set.of(Activation.SILU)),
    MISTRAL("mistral", "llama", Rotation.PAIRS, Set.of(Activation.SILU)),
    PHI3("phi3", "phi3", Rotation.HALVES, Set.of(Activation.SILU)),
    OLMO2(
            "olmo2",
            "olmo2",
            Rotation.HALVES,
            Set.of(Activation.SILU),
            Map.of(
                    "post_attention_layernorm", "post_attention_norm",
                    "post_feedforward_layernorm", "post_ffw_norm")),
    SMOLLM3("smollm3", "smollm3", Rotation.PAIRS, Set.of(Activation.SILU));

    /** Which elements of a head llama.cpp rotates as a pair. transformers always pairs elements that are half a head apart. */
    enum Rotation {
        NONE,
        /** Neighbours. The rows of the projections to queries and keys must be reordered for it. */
        PAIRS,
        HALVES
    }

    private final String modelType;
    private final String architecture;
    private final Rotation rotation;
    private final Set<Activation> activations;
    private final Map<String, String> names;

    LlamaCppFamily(String modelType, String architecture, Rotation rotation, Set<Activation> activations) {
        this(modelType, architecture, rotation, activations, Map.of());
    }

    LlamaCppFamily(
            String modelType,
            String architecture,
            Rotation rotation,
            Set<Activation> activations,
            Map<String, String> names) {
        this.modelType = modelType;
        this.architecture = architecture;
        this.rotation = rotation;
        this.activations = activations;
        this.names = names;
    }

    static Optional<LlamaCppFamily> of(String modelType) {
        return Arrays.stream(values()).filter(family -> family.modelType.equals(modelType)).findFirst();
    }

    /** Returns all model types, for a message. */
    static String modelTypes() {
        return Arrays.stream(values()).map(family -> family.modelType).collect(Collectors.joining(", "));
    }

    /** Returns the {@code general.architecture}, which is also the prefix of the metadata's keys. */
    String architecture() {
        return architecture;
    }

    Rotation rotation() {
        return rotation;
    }

    boolean knows(Activation activation) {
        return activations.contains(activation);
    }

    /** Returns llama.cpp's name of a weight; empty if there is none. */
    Optional<String> tensor(String name) {
        return TensorNames.of(name, names);
    }
}
