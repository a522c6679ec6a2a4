package dev.apprentice.inference.models;

/** Thrown if the maximum number of questions already waits for the model. */
public class TooManyQuestionsException extends RuntimeException {

    TooManyQuestionsException(int open) {
        super(open + " questions are waiting for the model, which is the maximum (apprentice.inference.questions-waiting); try again in a"
                + " few seconds");
    }
}
