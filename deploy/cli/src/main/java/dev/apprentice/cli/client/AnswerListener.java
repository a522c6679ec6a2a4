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

    /** Called first, with the checkpoint that answers. */
    void onModel(String run, int step);

    /** Called with each new piece of the answer; all pieces joined are the answer. */
    void onText(String text);
}
