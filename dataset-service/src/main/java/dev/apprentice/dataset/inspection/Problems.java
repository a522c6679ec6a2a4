package dev.apprentice.dataset.inspection;

import dev.apprentice.dataset.inspection.Inspection.Place;
import dev.apprentice.dataset.inspection.Inspection.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what is wrong with entries, and keeps the first places of each problem. */
final class Problems {

    private static final int PLACES = 3;

    private final Map<String, Problem> problems = new LinkedHashMap<>();

    /** One more entry has the problem. */
    void note(String what, Place place) {
        Problem before = problems.getOrDefault(what, new Problem(what, 0, List.of()));
        List<Place> first = new ArrayList<>(before.places());
        if (first.size() < PLACES) {
            first.add(place);
        }
        problems.put(what, new Problem(what, before.count() + 1, List.copyOf(first)));
    }

    /** All problems, the most frequent first. */
    List<Problem> mostFirst() {
        return problems.values().stream().sorted(Comparator.comparingInt(Problem::count).reversed()).toList();
    }
}
