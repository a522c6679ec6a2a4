package dev.apprentice.prompts;

import java.util.List;

/**
 * A text for a model, and which parts of it the template wrote.
 *
 * @param text the whole text
 * @param template the parts that the template wrote, as pairs of from (inclusive) and to (exclusive) in UTF-16 units. A special
 *     token's name counts as that token only in these parts; elsewhere it is ordinary text
 * @param begin whether the tokenizer must add the begin-of-text token; otherwise the template decides
 */
public record PromptText(String text, List<Integer> template, boolean begin) {

    public PromptText {
        template = List.copyOf(template);
    }

    /** Returns text without a template, to which the begin-of-text token is added. */
    public static PromptText ordinary(String text) {
        return new PromptText(text, List.of(), true);
    }
}
