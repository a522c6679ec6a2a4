package dev.apprentice.judge.judges.judging;

import dev.apprentice.chat.Patience;
import dev.apprentice.service.metrics.Buckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Metrics of one model's answers as a judge. */
final class SeatMetrics {

    private final MeterRegistry registry;
    private final String judge;
    private final Timer answers;
    private final Counter remembered;
    private final Counter retries;
    private final List<Meter> all = new CopyOnWriteArrayList<>();

    /** @param judge the value of the label {@code judge}; see {@link JudgeMetrics} */
    SeatMetrics(MeterRegistry registry, String judge) {
        this.registry = registry;
        this.judge = judge;
        this.answers = Timer.builder("apprentice.judge.answer")
                .description("Time of a judge's answer, retries included")
                .tag(JudgeMetrics.JUDGE, judge)
                .serviceLevelObjectives(Buckets.ofWork())
                .register(registry);
        this.remembered = counter("remembered", "Answers of a judge that came from the cache");
        this.retries = counter("retries", "Retries after a judge gave no answer");
        all.addAll(List.of(answers, remembered, retries));
    }

    private Counter counter(String name, String help) {
        return Counter.builder("apprentice.judge." + name)
                .description(help)
                .tag(JudgeMetrics.JUDGE, judge)
                .register(registry);
    }

    /** Registers a gauge that shows whether the model answers. */
    void watch(Patience patience) {
        all.add(Gauge.builder("apprentice.judge.away", patience, asked -> asked.trouble().isPresent() ? 1 : 0)
                .description("1 while a judge gives no answer, otherwise 0")
                .tag(JudgeMetrics.JUDGE, judge)
                .register(registry));
    }

    /** Removes them from the registry. */
    void remove() {
        all.forEach(registry::remove);
    }

    void answered(double seconds) {
        answers.record(Duration.ofNanos((long) (seconds * TimeUnit.SECONDS.toNanos(1))));
    }

    void remembered() {
        remembered.increment();
    }

    void retried() {
        retries.increment();
    }
}
