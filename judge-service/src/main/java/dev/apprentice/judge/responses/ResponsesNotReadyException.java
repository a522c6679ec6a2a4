package dev.apprentice.judge.responses;

/** The responses cannot be read yet; a later try may succeed. The message gives the reason. */
public class ResponsesNotReadyException extends RuntimeException {

    public ResponsesNotReadyException(String message) {
        super(message);
    }

    public ResponsesNotReadyException(String message, Throwable cause) {
        super(message, cause);
    }
}
