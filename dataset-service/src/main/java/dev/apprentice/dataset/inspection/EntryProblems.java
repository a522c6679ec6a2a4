package dev.apprentice.dataset.inspection;

import dev.apprentice.dataset.inspection.Inspection.Place;
import dev.apprentice.dataset.inspection.Inspection.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the problems of entries, and keeps the first places of each problem. Problems that differ only in numbers count as one,
 * in the words of the first entry.
 */
final class EntryProblems {

    private static final int PLACES = 3;
    private static final int KINDS = 100;
    private static final String OTHERS = "has another problem";
    private static final String NUMBER = "\\d[\\d,.]*";
    private static final String FIRST = " (the first of them)";

    private final Map<String, Problem> problems = new LinkedHashMap<>();

    /** Counts an entry with a problem. */
    void note(String what, Place place) {
        String kind = what.replaceAll(NUMBER, "N");
        if (problems.size() >= KINDS && !problems.containsKey(kind)) {
            note(OTHERS, OTHERS, place);
        } else {
            note(kind, what, place);
        }
    }

    private void note(String kind, String what, Place place) {
        Problem before = problems.getOrDefault(kind, new Problem(what, 0, List.of()));
        List<Place> first = new ArrayList<>(before.places());
        if (first.size() < PLACES) {
            first.add(place);
        }
        boolean isAlike = before.what().equals(what) || before.what().endsWith(FIRST);
        problems.put(kind, new Problem(before.what() + (isAlike ? "" : FIRST), before.count() + 1, List.copyOf(first)));
    }

    /** Returns all problems, the most frequent first. */
    List<Problem> mostFirst() {
        return problems.values().stream().sorted(Comparator.comparingInt(Problem::count).reversed()).toList();
    }
}
