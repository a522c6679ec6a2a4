package dev.apprentice.judge.judges.grading;

import dev.apprentice.contracts.event.Score;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;

/** Scores that are published separately from the responses they belong to. */
@ApplicationScoped
public class LaterScores {

    private volatile MultiEmitter<? super Score> published;

    /** Returns all scores that are published from now on. It supports one subscriber. */
    Multi<Score> all() {
        return Multi.createFrom().emitter(emitter -> published = emitter, BackPressureStrategy.BUFFER);
    }

    /** Publishes a score. Thread-safe. */
    public void publish(Score score) {
        published.emit(score);
    }
}
