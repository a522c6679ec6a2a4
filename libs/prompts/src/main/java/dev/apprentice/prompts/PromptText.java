package dev.apprentice.prompts;

import java.util.List;

/**
 * A text for a model, and which of its words the template wrote.
 *
 * @param text all of it
 * @param template where the template's words stand: from (inclusive), to (exclusive), from, to and so on, in UTF-16 units.
 *     The names of special tokens in there are special tokens; those in other people's words are text
 * @param begin whether the tokenizer is to put the begin-of-text before it; else the template has decided
 */
public record PromptText(String text, List<Integer> template, boolean begin) {

    public PromptText {
        template = List.copyOf(template);
    }

    /** Text without a template, behind the begin-of-text. */
    public static PromptText ordinary(String text) {
        return new PromptText(text, List.of(), true);
    }
}
