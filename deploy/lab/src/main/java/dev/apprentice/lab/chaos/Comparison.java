package dev.apprentice.lab.chaos;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The comparison of a disturbed run with an undisturbed one.
 *
 * @param differences for each kind of result, how many differ
 * @param first for each kind with differences, the first one
 */
record Comparison(Map<String, Integer> differences, Map<String, String> first) {

    static Comparison of(RunTrace calm, RunTrace disturbed) {
        Comparison comparison = new Comparison(new LinkedHashMap<>(), new LinkedHashMap<>());
        comparison.compare("weights and optimizer", calm.tensors(), disturbed.tensors());
        comparison.compare("losses", calm.losses(), disturbed.losses());
        comparison.compare("responses", calm.responses(), disturbed.responses());
        comparison.compare("scores", calm.scores(), disturbed.scores());
        comparison.compare("reports", calm.reports(), disturbed.reports());
        return comparison;
    }

    private void compare(String what, Map<String, SortedSet<String>> calm, Map<String, SortedSet<String>> disturbed) {
        SortedSet<String> keys = new TreeSet<>(calm.keySet());
        keys.addAll(disturbed.keySet());
        int different = 0;
        for (String key : keys) {
            if (!calm.getOrDefault(key, new TreeSet<>()).equals(disturbed.get(key))) {
                different++;
                first.putIfAbsent(what, key + ": " + calm.get(key) + " undisturbed, " + disturbed.get(key) + " disturbed");
            }
        }
        differences.put(what, different);
    }

    boolean identical() {
        return total() == 0;
    }

    int total() {
        return differences.values().stream().mapToInt(Integer::intValue).sum();
    }
}
