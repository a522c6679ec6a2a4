package dev.apprentice.model.family;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of model that can be trained and run here. */
public enum ModelFamily {
    /** GPT-2 (Radford et al., 2019). */
    GPT2("gpt2");

    private final String modelType;

    ModelFamily(String modelType) {
        this.modelType = modelType;
    }

    /** The family that config.json calls by this {@code model_type}. */
    public static Optional<ModelFamily> of(String modelType) {
        return Arrays.stream(values()).filter(family -> family.modelType.equals(modelType)).findFirst();
    }

    /** All of them, for a message. */
    public static String modelTypes() {
        return Arrays.stream(values()).map(family -> family.modelType).collect(Collectors.joining(", "));
    }
}
