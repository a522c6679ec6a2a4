package dev.apprentice.judge.judges.judging;

import java.util.Optional;

/** Remembers what judges answered, so that the same question costs nothing twice. Thread-safe. */
public interface AnswerCache {

    /** Remembers nothing. */
    AnswerCache NONE = new AnswerCache() {
        @Override
        public Optional<JudgeAnswer> get(String key) {
            return Optional.empty();
        }

        @Override
        public void put(String key, JudgeAnswer answer) {}
    };

    /**
     * An answer given before.
     *
     * @param key everything that the answer depends on
     */
    Optional<JudgeAnswer> get(String key);

    /** Remembers an answer. */
    void put(String key, JudgeAnswer answer);
}
