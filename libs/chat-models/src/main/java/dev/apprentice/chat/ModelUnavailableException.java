package dev.apprentice.chat;

/** A model gave no answer, and may be asked again. The message has the model's name and the reason. */
public class ModelUnavailableException extends RuntimeException {

    public ModelUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
