package dev.apprentice.dataset.inspection;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts answers as long as there are few different ones, such as labels; the counts show whether labels are balanced. */
final class Labels {

    private static final int MOST = 50;
    private static final int LONGEST = 100;

    /** The least mean number of occurrences of a label. */
    private static final int REPEATED = 3;

    private final Map<String, Integer> counts = new TreeMap<>();
    private boolean tooMany;

    void add(String answer) {
        if (tooMany) {
            return;
        }
        if (answer.length() > LONGEST || counts.size() == MOST && !counts.containsKey(answer)) {
            tooMany = true;
            counts.clear();
            return;
        }
        counts.merge(answer, 1, Integer::sum);
    }

    /** Returns how often each label comes, the most frequent first; empty if the answers are not labels. */
    Map<String, Integer> counted() {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        Map<String, Integer> sorted = new LinkedHashMap<>();
        if (counts.size() > 1 && all >= REPEATED * counts.size()) {
            counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .forEach(label -> sorted.put(label.getKey(), label.getValue()));
        }
        return sorted;
    }
}
