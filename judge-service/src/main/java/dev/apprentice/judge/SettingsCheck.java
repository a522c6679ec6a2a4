package dev.apprentice.judge;

import dev.apprentice.service.kafka.StartOrder;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Stops the start of the service if a setting would spoil every response later. */
@ApplicationScoped
class SettingsCheck {

    private final JudgeSettings settings;

    SettingsCheck(JudgeSettings settings) {
        this.settings = settings;
    }

    /** Throws an {@link IllegalArgumentException} that names the key, its value and what it must be. */
    void check(@Observes @Priority(StartOrder.CHECKS) StartupEvent event) {
        positive("parallel", settings.parallel());
        positive("pending", settings.pending());
        positive("ollama.timeout", settings.ollama().timeout());
        positive("openai.timeout", settings.openai().timeout());
        positive("retry.breaker-after", settings.retry().breakerAfter());
        positive("retry.refusals", settings.retry().refusals());
        settings.ratePerMinute().ifPresent(rate -> positive("rate-per-minute", rate));
        positive("retry.delay", settings.retry().delay());
        positive("report.every", settings.report().every());
        positive("report.keep-scores", settings.report().keepScores());
        if (settings.retry().delay().compareTo(settings.retry().maxDelay()) >= 0) {
            throw new IllegalArgumentException("apprentice.judge.retry.delay is " + settings.retry().delay()
                    + "; it must be shorter than apprentice.judge.retry.max-delay, which is "
                    + settings.retry().maxDelay());
        }
    }

    private static void positive(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("apprentice.judge." + key + " is " + value + "; it must be at least 1");
        }
    }

    private static void positive(String key, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException("apprentice.judge." + key + " is " + value + "; it must be at least 1 ms");
        }
    }
}
