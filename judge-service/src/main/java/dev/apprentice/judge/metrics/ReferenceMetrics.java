package dev.apprentice.judge.metrics;

import dev.apprentice.contracts.event.Response;
import dev.apprentice.contracts.event.Response.FinishReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All reference metrics. They need no judge, so every response gets them. */
@ApplicationScoped
public class ReferenceMetrics {

    private static final List<ReferenceMetric> METRICS = List.of(
            new ExactMatch(), new TokenF1(), new RougeN(1), new RougeN(2), RougeL.published(), RougeL.anyScript(),
            new Bleu(), new Chrf());

    /**
     * Returns the metric of that name.
     *
     * @throws IllegalArgumentException naming the metrics that exist
     */
    public ReferenceMetric named(String name) {
        return METRICS.stream().filter(metric -> metric.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no metric '" + name + "'; there are "
                        + METRICS.stream().map(ReferenceMetric::name).collect(Collectors.joining(", "))));
    }

    /**
     * Returns all metrics of one response: the comparison with its reference; {@code response_length} in characters; whether it
     * is {@code empty}, {@code truncated} or {@code repeated}; {@code perplexity} if the model reported the probability of the
     * reference; {@code accuracy} if the reference is one of the run's labels.
     */
    public Grades of(Response response) {
        String wanted = response.output();
        String given = response.response();
        Map<String, Double> values = new TreeMap<>();
        Map<String, List<Double>> rows = new TreeMap<>();
        METRICS.forEach(metric -> values.put(metric.name(), metric.of(wanted, given)));
        rows.put(Bleu.NAME, row(Bleu.statistics(wanted, given)));
        rows.put(Chrf.NAME, row(Chrf.statistics(wanted, given)));
        values.put("response_length", (double) given.codePointCount(0, given.length()));
        values.put("empty", share(given.isBlank()));
        values.put("truncated", share(response.finishReason() != FinishReason.STOP));
        values.put("repeated", share(Repetition.in(given)));
        response.referenceLogProbability().ifPresent(logProbability -> {
            double[] likelihood = {logProbability, response.referenceTokens().orElseThrow()};
            values.put(Perplexity.NAME, Perplexity.of(likelihood));
            rows.put(Perplexity.NAME, row(likelihood));
        });
        ClosedSet labels = new ClosedSet(response.labels());
        if (labels.holds(wanted)) {
            values.put(ClosedSet.ACCURACY, labels.accuracy(wanted, given));
            rows.put(ClosedSet.MACRO_F1, row(labels.statistics(wanted, given)));
        }
        return new Grades(values, rows);
    }

    private static double share(boolean counts) {
        return counts ? 1 : 0;
    }

    private static List<Double> row(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
