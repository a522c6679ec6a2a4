package dev.apprentice.judge.responses;

/** The responses cannot be looked at yet; asking again later helps. The message says why. */
public class ResponsesNotReadyException extends RuntimeException {

    public ResponsesNotReadyException(String message) {
        super(message);
    }

    public ResponsesNotReadyException(String message, Throwable cause) {
        super(message, cause);
    }
}
