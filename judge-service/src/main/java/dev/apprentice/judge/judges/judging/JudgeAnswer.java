package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.answer.Reading;
import java.util.Optional;

/**
 * What a judge answered to a rubric's question, and how it was read.
 *
 * @param text the answer to the question, or why the server refused it
 * @param reading what it says; empty where that could not be read
 * @param seconds the time of the answer and of its repair
 * @param digest which bytes of the model answered, where the server tells
 * @param promptTokens tokens of what was asked, where the server counts
 * @param answerTokens tokens of what was answered, where the server counts
 * @param cut whether the server silently cut the question
 * @param refused whether there was no answer; {@code text} then says why
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

    /** No answer, and why. */
    static JudgeAnswer refused(String reason, Optional<String> digest) {
        return new JudgeAnswer(reason, Optional.empty(), 0, digest, Optional.empty(), Optional.empty(), false, true);
    }
}
