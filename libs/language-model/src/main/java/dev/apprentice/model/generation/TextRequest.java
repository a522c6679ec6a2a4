package dev.apprentice.model.generation;

import java.util.List;

/**
 * A prompt and how to continue it as text.
 *
 * @param request its token ids and settings
 * @param stopStrings texts that end the row where the first of them begins; none is empty
 */
public record TextRequest(GenerationRequest request, List<String> stopStrings) {

    /** @throws IllegalArgumentException if a stop string is empty */
    public TextRequest {
        stopStrings = List.copyOf(stopStrings);
        if (stopStrings.contains("")) {
            throw new IllegalArgumentException("a stop string is empty; every text would end before it begins");
        }
    }
}
