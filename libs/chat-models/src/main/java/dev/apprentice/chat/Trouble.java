package dev.apprentice.chat;

import java.time.Instant;

/**
 * Why a model gives no answer.
 *
 * @param kind whether it will be asked again
 * @param reason in one sentence, with the model, its address and its server's words
 * @param since when it began
 */
public record Trouble(Kind kind, String reason, Instant since) {

    /** What becomes of the questions. */
    public enum Kind {
        /** It does not answer. They wait until it does. */
        AWAY,
        /** It says that it gives no answer. They count as refused, and each further one is asked once. */
        REFUSED
    }
}
