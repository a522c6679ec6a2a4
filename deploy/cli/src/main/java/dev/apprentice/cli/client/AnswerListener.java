package dev.apprentice.cli.client;

/** Hears of an answer while the model gives it. */
public interface AnswerListener {

    /** Hears nothing. */
    AnswerListener NONE = new AnswerListener() {
        @Override
        public void onModel(String run, int step) {}

        @Override
        public void onText(String text) {}
    };

    /** Which checkpoint answers; comes first. */
    void onModel(String run, int step);

    /** What is new of the answer; all pieces together are the answer. */
    void onText(String text);
}
