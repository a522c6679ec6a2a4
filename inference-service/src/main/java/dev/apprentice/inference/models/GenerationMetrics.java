package dev.apprentice.inference.models;

import dev.apprentice.contracts.Response.FinishReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** What Prometheus is told about generating. */
@ApplicationScoped
public class GenerationMetrics {

    private static final String EXAM = "exam";
    private static final String QUESTION = "question";

    private final MeterRegistry registry;
    private volatile double tokensPerSecond;

    GenerationMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("apprentice.generation.tokens.per.second", this, metrics -> metrics.tokensPerSecond)
                .description("Tokens a second in the last batch generated")
                .register(registry);
    }

    void recordExam(List<Answer> batch) {
        record(EXAM, batch);
    }

    void recordQuestion(Answer answer) {
        record(QUESTION, List.of(answer));
    }

    private void record(String kind, List<Answer> batch) {
        double seconds = batch.get(0).seconds();
        int tokens = batch.stream().mapToInt(Answer::generatedTokens).sum();
        tokensPerSecond = tokens / seconds;
        Counter.builder("apprentice.tokens.generated")
                .description("Tokens that models wrote")
                .tag("kind", kind)
                .register(registry)
                .increment(tokens);
        Timer.builder("apprentice.generation")
                .description("Time a batch took")
                .tag("kind", kind)
                .register(registry)
                .record(Duration.ofNanos((long) (seconds * 1e9)));
        batch.forEach(answer -> answered(kind, answer.finishReason()).increment());
    }

    private Counter answered(String kind, FinishReason reason) {
        return Counter.builder("apprentice.prompts.answered")
                .description("Prompts answered, by why the answer ended")
                .tag("kind", kind)
                .tag("finish_reason", reason.name())
                .register(registry);
    }
}
