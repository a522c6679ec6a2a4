package dev.apprentice.inference.models;

import dev.apprentice.prompts.PromptText;
import java.util.List;
import java.util.Optional;

/**
 * A question to a checkpoint.
 *
 * @param prompt a text ending with the answer part's header
 * @param end the special token that ends the answer in the prompt's style; empty for the model's own end-of-text
 */
public record Question(PromptText prompt, Optional<String> end) {

    /** Returns a question of ordinary text, after the begin-of-text. */
    public static Question of(String text) {
        return new Question(new PromptText(text, List.of(), true), Optional.empty());
    }

    /** Returns the prompt followed by the answer. */
    PromptText with(String answer) {
        return new PromptText(prompt.text() + answer, prompt.template(), prompt.begin());
    }
}
