package dev.apprentice.model.family;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.json.JsonFile;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The model families that are supported. */
public enum ModelFamily {
    /** GPT-2 (Radford et al., 2019). */
    GPT2("gpt2", Gpt2::architecture),
    /** GPT-NeoX (Black et al., 2022) and Pythia. */
    GPT_NEOX("gpt_neox", GptNeoX::architecture),
    /** Llama (Touvron et al., 2023) and models built like it. */
    LLAMA("llama", Llama::llama),
    /** Qwen2 (Yang et al., 2024). */
    QWEN2("qwen2", Llama::qwen2),
    /** Qwen3 (Yang et al., 2025). */
    QWEN3("qwen3", Qwen3::architecture),
    /** Mistral (Jiang et al., 2023). */
    MISTRAL("mistral", Mistral::architecture),
    /** Phi-3 (Abdin et al., 2024). */
    PHI3("phi3", Phi3::architecture),
    /** OLMo 2 (OLMo team, 2024). */
    OLMO2("olmo2", Olmo2::architecture),
    /** SmolLM3 (Hugging Face, 2025). */
    SMOLLM3("smollm3", SmolLm3::architecture),
    /** Gemma 2 (Gemma team, 2024). */
    GEMMA2("gemma2", Gemma::gemma2),
    /** The text models of Gemma 3 (Gemma team, 2025). */
    GEMMA3("gemma3_text", Gemma::gemma3);

    private final String modelType;
    private final Reader reader;

    ModelFamily(String modelType, Reader reader) {
        this.modelType = modelType;
        this.reader = reader;
    }

    /** Returns the family with this {@code model_type} in config.json. */
    public static Optional<ModelFamily> of(String modelType) {
        return Arrays.stream(values()).filter(family -> family.modelType.equals(modelType)).findFirst();
    }

    /** Returns all model types, for a message. */
    public static String modelTypes() {
        return Arrays.stream(values()).map(family -> family.modelType).collect(Collectors.joining(", "));
    }

    /**
     * Derives weights and program of a model of this family.
     *
     * @param configuration the common part, already read from the file
     * @param config config.json
     * @throws dev.apprentice.model.ModelException if a field is missing, out of its range, or asks for a variant that is not
     *     supported
     */
    public Architecture architecture(ModelConfiguration configuration, JsonFile config) {
        Architecture architecture = reader.read(configuration, config);
        KnownFields.check(config);
        return architecture;
    }

    private interface Reader {
        Architecture read(ModelConfiguration configuration, JsonFile config);
    }
}
