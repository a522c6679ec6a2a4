package dev.apprentice.inference.models;

import dev.apprentice.inference.InferenceSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;

/**
 * Limits how many users' questions may be open at once: waiting for their model to be loaded, waiting for their turn, or being
 * answered. Each holds a thread of the HTTP server.
 */
@Startup // registers its meter before the first scrape
@ApplicationScoped
public class QuestionLimit {

    private final int most;
    private final Semaphore room;

    QuestionLimit(InferenceSettings settings, MeterRegistry metrics) {
        most = settings.questionsWaiting();
        room = new Semaphore(most);
        Gauge.builder("apprentice.inference.questions.open", room, left -> most - left.availablePermits())
                .description("Users' questions that wait for the model or are being answered")
                .register(metrics);
    }

    /**
     * Counts one more open question, until {@link #leave}.
     *
     * @throws TooManyQuestionsException if the maximum number is open
     */
    void enter() {
        if (!room.tryAcquire()) {
            throw new TooManyQuestionsException(most);
        }
    }

    /** Notes that a question is no longer open. */
    void leave() {
        room.release();
    }
}
