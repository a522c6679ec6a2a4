package dev.apprentice.chat;

/**
 * A server answers, and says that it gives no answer: it has no such model, knows no such key, or reports an error. Asked again
 * it will most likely say so again. The message names the model and the server's words.
 */
public class ModelRefusesException extends RuntimeException {

    public ModelRefusesException(String message, Throwable cause) {
        super(message, cause);
    }
}
