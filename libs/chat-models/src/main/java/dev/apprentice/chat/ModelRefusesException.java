package dev.apprentice.chat;

/**
 * A server answers with an error instead of the model's answer, for example because it does not have the model or does not accept
 * the key. A repeated question most likely gets the same answer. The message has the model's name and the server's message.
 */
public class ModelRefusesException extends RuntimeException {

    public ModelRefusesException(String message, Throwable cause) {
        super(message, cause);
    }
}
