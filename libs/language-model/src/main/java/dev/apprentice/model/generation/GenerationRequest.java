package dev.apprentice.model.generation;

import java.util.Arrays;

/**
 * A prompt and how to continue it.
 *
 * @param prompt its token ids, at least 1
 * @param settings the limit and how tokens are chosen
 */
public record GenerationRequest(int[] prompt, GenerationSettings settings) {

    @Override
    public boolean equals(Object other) {
        return other instanceof GenerationRequest that
                && Arrays.equals(prompt, that.prompt)
                && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(prompt) + settings.hashCode();
    }

    @Override
    public String toString() {
        return "GenerationRequest[" + prompt.length + " tokens, " + settings + "]";
    }
}
