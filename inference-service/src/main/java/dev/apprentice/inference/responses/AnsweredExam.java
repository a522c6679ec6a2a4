package dev.apprentice.inference.responses;

import dev.apprentice.contracts.event.Response;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The responses of one checkpoint, the latest of each example. Not thread-safe. */
final class AnsweredExam {

    private record Place(int index, TextbookEntry entry) {}

    private final Map<String, Place> byExample = new HashMap<>();
    private int of;

    /** Adds or replaces the response of an example. Returns whether the example is new. */
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
