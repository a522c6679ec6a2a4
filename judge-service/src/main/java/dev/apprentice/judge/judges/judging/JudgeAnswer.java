package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.answer.Reading;
import java.util.Optional;

/**
 * A judge's answer to a rubric's question, and its reading.
 *
 * @param text the answer to the question, or why the server refused it
 * @param reading the score and reason in the answer; empty if they could not be read
 * @param seconds the time of the answer and of its repair
 * @param digest the digest of the model that answered, if the server reports it
 * @param promptTokens tokens of the question, if the server counts them
 * @param answerTokens tokens of the answer, if the server counts them
 * @param cut whether the server silently truncated the question
 * @param refused whether there was no answer; {@code text} then gives the reason
 */
public record JudgeAnswer(
        String text,
        Optional<Reading> reading,
        double seconds,
        Optional<String> digest,
        Optional<Integer> promptTokens,
        Optional<Integer> answerTokens,
        boolean cut,
        boolean refused) {

    /** Creates the result of a question that was refused. */
    static JudgeAnswer refused(String reason, Optional<String> digest) {
        return new JudgeAnswer(reason, Optional.empty(), 0, digest, Optional.empty(), Optional.empty(), false, true);
    }
}
