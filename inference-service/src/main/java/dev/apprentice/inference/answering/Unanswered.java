package dev.apprentice.inference.answering;

import dev.apprentice.contracts.Prompt;
import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Response.FinishReason;
import java.util.Optional;

/** What stands in an exam for an answer that will not come. It is small whatever the prompt: it must fit. */
final class Unanswered {

    private static final int MOST_CHARACTERS = 1_000;

    private Unanswered() {}

    static Response response(Prompt prompt, Throwable reason) {
        return new Response(
                prompt.run(), prompt.step(), prompt.example(), prompt.index(), prompt.of(),
                cut(prompt.instruction()), cut(prompt.input()), cut(prompt.output()), "", FinishReason.LENGTH, 0, 0, 0,
                prompt.judge(), prompt.labels(), Optional.empty(), Optional.empty(),
                Optional.of(cut(reason.getMessage() == null ? reason.toString() : reason.getMessage())));
    }

    /** Never through the middle of a character. */
    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, MOST_CHARACTERS) - 1)) + "…";
    }
}
