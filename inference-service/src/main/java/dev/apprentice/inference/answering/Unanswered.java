package dev.apprentice.inference.answering;

import dev.apprentice.contracts.event.Prompt;
import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.contracts.event.ResponseBuilder;

/**
 * Builds the response to a prompt that stays unanswered. Its texts are truncated, so it fits into a record even if the prompt is
 * large.
 */
final class Unanswered {

    private static final int MOST_CHARACTERS = 1_000;

    private Unanswered() {}

    static Response response(Prompt prompt, Throwable reason) {
        return ResponseBuilder.builder()
                .run(prompt.run())
                .step(prompt.step())
                .example(prompt.example())
                .index(prompt.index())
                .of(prompt.of())
                .instruction(cut(prompt.instruction()))
                .input(cut(prompt.input()))
                .output(cut(prompt.output()))
                .response("")
                .finishReason(FinishReason.LENGTH)
                .promptTokens(0)
                .generatedTokens(0)
                .seconds(0)
                .judge(prompt.judge())
                .labels(prompt.labels())
                .category(prompt.category())
                .unanswered(cut(reason.getMessage() == null ? reason.toString() : reason.getMessage()))
                .build();
    }

    /** Truncates a text, but never inside a surrogate pair. */
    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, MOST_CHARACTERS) - 1)) + "…";
    }
}
