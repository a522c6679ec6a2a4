package dev.apprentice.chat;

import java.time.Instant;

/**
 * The reason why a model gives no answer.
 *
 * @param kind whether it will be asked again
 * @param reason in one sentence, with the model, its address and its server's message
 * @param since when it began
 */
public record Trouble(Kind kind, String reason, Instant since) {

    /** What happens to the questions. */
    public enum Kind {
        /** The model does not answer. Questions wait until it does. */
        AWAY,
        /** The server refuses to answer. Questions count as refused, and each further one is asked once. */
        REFUSED
    }
}
