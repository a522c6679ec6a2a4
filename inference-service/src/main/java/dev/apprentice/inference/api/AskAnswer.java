package dev.apprentice.inference.api;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.inference.models.GeneratedAnswer;

/**
 * A checkpoint's answer to a question.
 *
 * @param run the run whose checkpoint answered
 * @param step the checkpoint's step
 * @param response the answer without white space at both ends
 * @param finishReason why the answer ended
 * @param promptTokens tokens of the prompt
 * @param generatedTokens tokens that the model generated, including the end-of-text
 * @param seconds time that the answer took, without waiting
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
