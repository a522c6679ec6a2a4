package dev.apprentice.inference.models;

/** As many questions wait for the model as may wait. */
public class TooManyQuestionsException extends RuntimeException {

    TooManyQuestionsException(int open) {
        super(open + " questions are waiting for the model already, which is as many as may wait"
                + " (apprentice.inference.questions-waiting); ask again in a few seconds");
    }
}
