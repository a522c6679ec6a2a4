package dev.apprentice.trainer.run;

import dev.apprentice.contracts.event.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest progress events of a run, up to a limit, and its conclusions. Guarded by the lock of the registry that holds it. */
final class ProgressHistory {

    private final Deque<ReportedProgress> events = new ArrayDeque<>();
    private final Map<Integer, Progress> conclusions = new HashMap<>();
    private int resumed;

    /**
     * Adds an event.
     *
     * @param limit how many events to remember, at least 1
     */
    void add(ReportedProgress event, int limit) {
        events.addLast(event);
        shortenTo(limit);
        resumed = event.progress().resumed().orElse(resumed);
        if (event.progress().phase().isFinal()) {
            conclusions.putIfAbsent(resumed, event.progress());
        }
    }

    void shortenTo(int limit) {
        while (events.size() > limit) {
            events.removeFirst();
        }
    }

    Optional<Progress> newest() {
        return Optional.ofNullable(events.peekLast()).map(ReportedProgress::progress);
    }

    /** Returns the first final event since the run was last resumed; later ones do not count. */
    Optional<Progress> conclusion(int times) {
        return Optional.ofNullable(conclusions.get(times));
    }

    /**
     * Returns the remembered events after this offset, oldest first. Final events from before the last resumption are left out.
     *
     * @param times how often the run was resumed
     */
    List<ReportedProgress> since(long offset, int times) {
        return events.stream()
                .filter(event -> event.offset() > offset)
                .filter(event -> !event.progress().phase().isFinal() || event.progress() == conclusions.get(times))
                .toList();
    }
}
