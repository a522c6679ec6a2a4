package dev.apprentice.inference.models;

import dev.apprentice.inference.InferenceSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;

/**
 * How many questions of people may be open at once, whether they wait for their model to be loaded, for their turn, or are
 * being answered. Each holds a thread of the HTTP server.
 */
@Startup // its meter is there from the first scrape
@ApplicationScoped
public class QuestionLimit {

    private final int most;
    private final Semaphore room;

    QuestionLimit(InferenceSettings settings, MeterRegistry metrics) {
        most = settings.questionsWaiting();
        room = new Semaphore(most);
        Gauge.builder("apprentice.inference.questions.open", room, left -> most - left.availablePermits())
                .description("Questions of people that wait for the model or are being answered")
                .register(metrics);
    }

    /**
     * Counts one more, until {@link #leave}.
     *
     * @throws TooManyQuestionsException if as many as may be open are open already
     */
    void enter() {
        if (!room.tryAcquire()) {
            throw new TooManyQuestionsException(most);
        }
    }

    /** One is answered, or cannot be. */
    void leave() {
        room.release();
    }
}
