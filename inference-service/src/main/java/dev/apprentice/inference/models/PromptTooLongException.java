package dev.apprentice.inference.models;

import dev.apprentice.contracts.event.Response.FinishReason;

/** Thrown if a question leaves no room for an answer in the model's context. */
public class PromptTooLongException extends RuntimeException {

    private PromptTooLongException(int promptTokens, int contextLength) {
        super("the prompt has " + promptTokens + " tokens, but the model's context holds " + contextLength
                + " for prompt and answer together; ask something shorter");
    }

    static void throwIfSo(GeneratedAnswer answer, int contextLength) {
        if (answer.finishReason() == FinishReason.PROMPT_TOO_LONG) {
            throw new PromptTooLongException(answer.promptTokens(), contextLength);
        }
    }
}
