package dev.apprentice.dataset.datasets.reading.outcome;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Fields of examples with content that is not learned.
 *
 * @param examples how many examples have each; at most {@value #NAMED} fields are named, the others count as {@value #OTHERS}
 */
public record IgnoredFields(Map<String, Integer> examples) {

    private static final int NAMED = 20;
    private static final int LONGEST_NAME = 100;
    private static final String OTHERS = "other fields";

    public IgnoredFields {
        examples = new TreeMap<>(examples);
    }

    /** Counts fields entry by entry. */
    public static final class Counter {

        private final Map<String, Integer> examples = new TreeMap<>();

        public void count(String field) {
            count(shortened(field), 1);
        }

        public void add(IgnoredFields more) {
            more.examples().forEach(this::count);
        }

        private void count(String field, int count) {
            boolean named = examples.size() < NAMED || examples.containsKey(field);
            examples.merge(named ? field : OTHERS, count, Integer::sum);
        }

        public IgnoredFields counted() {
            return new IgnoredFields(examples);
        }
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    public boolean isEmpty() {
        return examples.isEmpty();
    }

    /** Returns a phrase for people; empty if there are none. */
    public String inWords() {
        return isEmpty()
                ? ""
                : "not learned: " + examples.entrySet().stream()
                        .map(field -> "'" + field.getKey() + "' of " + field.getValue() + (field.getValue() == 1 ? " example" : " examples"))
                        .collect(Collectors.joining(", "));
    }
}
