package dev.apprentice.judge.judges.judging;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Score.Verdict;
import dev.apprentice.contracts.event.ScoreVerdictBuilder;
import dev.apprentice.contracts.run.Scale;
import dev.apprentice.judge.metrics.ReferenceMetric;
import io.smallrye.mutiny.Uni;

/** A judge without a model: measures with one metric how close the response is to the reference answer. */
final class MetricJudge implements Judge {

    private final String name;
    private final ReferenceMetric metric;

    MetricJudge(String name, ReferenceMetric metric) {
        this.name = name;
        this.metric = metric;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Uni<Verdict> grade(Response response, boolean anew) {
        return Uni.createFrom().item(() -> ScoreVerdictBuilder.builder()
                .judge(name)
                .score(metric.of(response.output(), response.response()))
                .seconds(0)
                .model(metric.name())
                .scale(new Scale(0, metric.best()))
                .build());
    }
}
