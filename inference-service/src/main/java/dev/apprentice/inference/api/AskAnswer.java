package dev.apprentice.inference.api;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.inference.models.GeneratedAnswer;

/**
 * A checkpoint's answer to a question.
 *
 * @param run whose checkpoint answered
 * @param step which one
 * @param response the answer, white space at both ends taken off
 * @param finishReason why it ended
 * @param promptTokens tokens of the prompt
 * @param generatedTokens tokens the model wrote, the end-of-text included
 * @param seconds time it took, waiting excluded
 */
public record AskAnswer(
        String run,
        int step,
        String response,
        FinishReason finishReason,
        int promptTokens,
        int generatedTokens,
        double seconds) {

    static AskAnswer of(Checkpoint checkpoint, GeneratedAnswer answer) {
        return new AskAnswer(
                checkpoint.run(),
                checkpoint.step(),
                answer.text(),
                answer.finishReason(),
                answer.promptTokens(),
                answer.generatedTokens(),
                answer.seconds());
    }
}
