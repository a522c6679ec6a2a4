package dev.apprentice.judge.judges.grading;

import dev.apprentice.contracts.event.Score;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Scores that are published separately from the responses they belong to. */
@ApplicationScoped
public class LaterScores {

    private MultiEmitter<? super Score> published;
    private List<Score> early = new ArrayList<>();

    /** Returns all scores, also those that were published before the first subscription. It supports one subscriber. */
    Multi<Score> all() {
        return Multi.createFrom().emitter(emitter -> begin(emitter).forEach(emitter::emit), BackPressureStrategy.BUFFER);
    }

    private synchronized List<Score> begin(MultiEmitter<? super Score> emitter) {
        published = emitter;
        List<Score> waiting = early;
        early = List.of();
        return waiting;
    }

    /** Publishes a score. Thread-safe. */
    public void publish(Score score) {
        MultiEmitter<? super Score> emitter;
        synchronized (this) { // but emit outside, since what follows may take its time
            emitter = published;
            if (emitter == null) {
                early.add(score);
                return;
            }
        }
        emitter.emit(score);
    }
}
