package dev.apprentice.cli.client;

/** Listener to an answer while the model generates it. */
public interface AnswerListener {

    /** Ignores everything. */
    AnswerListener NONE = new AnswerListener() {
        @Override
        public void onModel(String run, int step) {}

        @Override
        public void onText(String text) {}
    };

    /** Receives the checkpoint that answers; called first. */
    void onModel(String run, int step);

    /** Receives the next piece of the answer; all pieces joined are the answer. */
    void onText(String text);
}
