package dev.apprentice.model.gguf;

import dev.apprentice.model.family.Activation;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How llama.cpp knows a model family.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/blob/master/gguf-py/gguf/tensor_mapping.py">its names of tensors</a>
 */
enum LlamaCppFamily {
    GPT2("gpt2", "gpt2", Rotation.NONE, Set.of(Activation.GELU_TANH)),
    /** llama.cpp computes GELU by its approximation with tanh, also where config.json asks for another. */
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

    /** Which elements of a head llama.cpp turns together. transformers always turns those that lie half a head apart. */
    enum Rotation {
        NONE,
        /** Neighbours: rows of the projections to queries and keys have to be put in another order. */
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

    /** All of them, for a message. */
    static String modelTypes() {
        return Arrays.stream(values()).map(family -> family.modelType).collect(Collectors.joining(", "));
    }

    /** Its {@code general.architecture}, with which the keys of its metadata begin. */
    String architecture() {
        return architecture;
    }

    Rotation rotation() {
        return rotation;
    }

    boolean knows(Activation activation) {
        return activations.contains(activation);
    }

    /** The name of one of its weights; empty if there is none. */
    Optional<String> tensor(String name) {
        return TensorNames.of(name, names);
    }
}
