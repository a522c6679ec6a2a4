package dev.apprentice.chat;

/** A server will not answer a question, however often it is asked: it is too long, or breaks one of the server's rules. */
public class QuestionRefusedException extends RuntimeException {

    public QuestionRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
