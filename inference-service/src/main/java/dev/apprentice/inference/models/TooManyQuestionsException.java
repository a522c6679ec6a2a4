package dev.apprentice.inference.models;

/** Thrown if the maximum number of questions already waits for the model. */
public class TooManyQuestionsException extends RuntimeException {

    TooManyQuestionsException(int open) {
        super(open + " questions are waiting for the model already, which is as many as may wait"
                + " (apprentice.inference.questions-waiting); ask again in a few seconds");
    }
}
