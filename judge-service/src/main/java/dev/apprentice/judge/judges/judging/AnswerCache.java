package dev.apprentice.judge.judges.judging;

import java.util.Optional;

/** A cache of judges' answers, so that no question is asked twice. Thread-safe. */
public interface AnswerCache {

    /** A cache that stores nothing. */
    AnswerCache NONE = new AnswerCache() {
        @Override
        public Optional<JudgeAnswer> get(String key) {
            return Optional.empty();
        }

        @Override
        public void put(String key, JudgeAnswer answer) {}
    };

    /**
     * Returns the answer stored under a key.
     *
     * @param key everything that the answer depends on
     */
    Optional<JudgeAnswer> get(String key);

    /** Stores an answer. */
    void put(String key, JudgeAnswer answer);
}
