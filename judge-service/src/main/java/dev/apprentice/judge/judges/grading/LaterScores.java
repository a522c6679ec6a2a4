package dev.apprentice.judge.judges.grading;

import dev.apprentice.contracts.event.Score;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;

/** Scores that are published apart from the responses they belong to. */
@ApplicationScoped
public class LaterScores {

    private volatile MultiEmitter<? super Score> published;

    /** All that are published from now on; for one reader. */
    Multi<Score> all() {
        return Multi.createFrom().emitter(emitter -> published = emitter, BackPressureStrategy.BUFFER);
    }

    /** Publishes one. May be called by several threads at once. */
    public void publish(Score score) {
        published.emit(score);
    }
}
