package dev.apprentice.chat;

/** A model gave no answer. It may be asked again. The message names the model and the reason. */
public class ModelUnavailableException extends RuntimeException {

    public ModelUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
