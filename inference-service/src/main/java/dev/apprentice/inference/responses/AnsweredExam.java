package dev.apprentice.inference.responses;

import dev.apprentice.contracts.event.Response;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The responses of one checkpoint: the latest of each example. Not safe for use by several threads at once. */
final class AnsweredExam {

    private record Place(int index, TextbookEntry entry) {}

    private final Map<String, Place> byExample = new HashMap<>();
    private int of;

    /** Returns whether the example is new here. */
    boolean add(Response response) {
        of = response.of();
        return byExample.put(response.example(), new Place(response.index(), TextbookEntry.of(response))) == null;
    }

    int size() {
        return byExample.size();
    }

    AnsweredEntries entries() {
        List<TextbookEntry> inOrder = byExample.values().stream()
                .sorted(Comparator.comparingInt(Place::index))
                .map(Place::entry)
                .toList();
        return new AnsweredEntries(inOrder, of);
    }
}
