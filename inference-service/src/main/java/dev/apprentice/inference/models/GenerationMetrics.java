package dev.apprentice.inference.models;

import dev.apprentice.contracts.event.Response.FinishReason;
import dev.apprentice.service.metrics.Buckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Metrics of generation. */
@Startup // registers the meters before the first scrape
@ApplicationScoped
public class GenerationMetrics {

    private static final String EXAM = "exam";
    private static final String QUESTION = "question";

    private final MeterRegistry registry;
    private volatile double tokensPerSecond;

    GenerationMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("apprentice.inference.tokens.per.second", this, metrics -> metrics.tokensPerSecond)
                .description("Tokens a second in the last batch generated")
                .register(registry);
        for (String kind : List.of(EXAM, QUESTION)) {
            tokens(kind);
            time(kind);
            for (FinishReason reason : FinishReason.values()) {
                answered(kind, reason);
            }
        }
    }

    void recordExam(List<GeneratedAnswer> batch) {
        record(EXAM, batch);
    }

    void recordQuestion(GeneratedAnswer answer) {
        record(QUESTION, List.of(answer));
    }

    private void record(String kind, List<GeneratedAnswer> batch) {
        double seconds = batch.get(0).seconds();
        int tokens = batch.stream().mapToInt(GeneratedAnswer::generatedTokens).sum();
        tokensPerSecond = tokens / seconds;
        tokens(kind).increment(tokens);
        time(kind).record(Duration.ofNanos((long) (seconds * 1e9)));
        batch.forEach(answer -> answered(kind, answer.finishReason()).increment());
    }

    private Counter tokens(String kind) {
        return Counter.builder("apprentice.inference.tokens")
                .description("Tokens that models generated")
                .tag("kind", kind)
                .register(registry);
    }

    private Timer time(String kind) {
        return Timer.builder("apprentice.inference.answer")
                .description("Time to answer: of an exam's batch of prompts, or of one question")
                .tag("kind", kind)
                .serviceLevelObjectives(Buckets.ofWork())
                .register(registry);
    }

    private Counter answered(String kind, FinishReason reason) {
        return Counter.builder("apprentice.inference.answers")
                .description("Answered prompts, by finish reason")
                .tag("kind", kind)
                .tag("finish_reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
