package dev.apprentice.judge.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every reference metric of the house. They need no judge, so each response gets them. */
@ApplicationScoped
public class ReferenceMetrics {

    private final List<ReferenceMetric> metrics = List.of(new ExactMatch(), new TokenF1(), new RougeL());

    /** Each metric of one response by its name, 0 to 1. */
    public SortedMap<String, Double> of(String reference, String response) {
        SortedMap<String, Double> values = new TreeMap<>();
        metrics.forEach(metric -> values.put(metric.name(), metric.of(reference, response)));
        return values;
    }
}
