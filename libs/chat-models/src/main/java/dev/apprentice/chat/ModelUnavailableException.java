package dev.apprentice.chat;

/** A judge gave no answer, readable or not. The same question may be asked again. The message names the judge and the reason. */
public class ModelUnavailableException extends RuntimeException {

    public ModelUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
